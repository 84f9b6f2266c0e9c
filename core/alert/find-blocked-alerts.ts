import { sayDuration } from "../say-duration.ts";
import { type Finding, runbookOf } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** A dependency whose breaker lets nothing or little through. */
export interface ClosedGate {
  dependency: string;
  state: "open" | "half-open";
  forced: boolean;
  sinceMs: number;
  /** When it is tried next; null when nobody can know. */
  untilMs: number | null;
  /** Jobs that wait for it, and in which queues. */
  waiting: number;
  queues: readonly string[];
}

/** Jobs that cannot run because what they need is held off by a breaker: one alert a dependency, while something waits. */
export function findBlockedAlerts(gates: readonly ClosedGate[], nowMs: number): Finding[] {
  return gates
    .filter((gate) => gate.waiting > 0)
    .map((gate): Finding => {
      const { dependency, forced, sinceMs, waiting, queues } = gate;
      const jobs = `${sayCount(waiting, "job")} ${waiting === 1 ? "waits" : "wait"}`;
      const nextMs = gate.untilMs === null ? null : Math.max(0, gate.untilMs - nowMs);
      return {
        key: `blocked:${dependency}`,
        kind: "blocked",
        level: 1,
        severity: "critical",
        objectKind: "dependency",
        objectId: dependency,
        sinceMs,
        jobIds: [],
        evidence: [
          { label: "jobs held", value: waiting, unit: "count" },
          { label: "breaker", value: forced ? "forced open" : gate.state, unit: "text" },
          { label: "since", value: sinceMs, unit: "instant" },
          ...(nextMs === null ? [] : [{ label: "next probe in", value: nextMs, unit: "ms" } as const]),
          ...queues.slice(0, 5).map((queue) => ({ label: "queue", value: queue, unit: "queue" }) as const),
        ],
        cause: forced
          ? `The breaker of ${dependency} was forced open ${sayDuration(nowMs - sinceMs)} ago, and ${jobs}.`
          : `${dependency} has failed for ${sayDuration(nowMs - sinceMs)}, its breaker is ${gate.state}, and ${jobs}.`,
        ruledOut: [
          "No job is lost and none uses up attempts: they are held before they start.",
          "Jobs that do not need it run as usual.",
        ],
        whatToDo: forced
          ? [
              `Let the policy decide about ${dependency} on its page when it may be called again: it is probed first.`,
            ]
          : [
              `Look at ${dependency} itself: its status page, its logs, the last error on its page here.`,
              "Nothing need be done here: it is probed by itself, and what waits is let go as fast as it can bear.",
            ],
        containment: null,
        runbook: runbookOf("blocked"),
      };
    });
}
