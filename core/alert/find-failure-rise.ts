import { type Incident, isQuiet } from "../attention/find-incidents.ts";
import { sayDuration } from "../say-duration.ts";
import { type Containment, type Finding, runbookOf } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** From so many jobs given up on it asks for somebody now. */
const criticalDeaths = 5;

/**
 * What fails now, as {@link Incident}s have it: one alert a dependency, or a group of failures. `breakerOf` says how the
 * breaker of a dependency stands; null where no definition names it, so that it has none.
 */
export function findFailureRise(
  incidents: readonly Incident[],
  breakerOf: (dependency: string) => "open" | "closed" | null,
  nowMs: number,
): Finding[] {
  return incidents.map((incident): Finding => {
    const { dependency, attempts, deaths, sinceMs, queues, groups } = incident;
    const [group] = groups;
    const [queue] = queues;
    const objectId = dependency ?? group?.fingerprint ?? "";
    const breaker = dependency === null ? null : breakerOf(dependency);
    return {
      key: dependency === null ? `failure-rise:group:${objectId}` : `failure-rise:${objectId}`,
      kind: "failure-rise",
      level: isQuiet(incident, nowMs) ? 0.4 : 1,
      severity: deaths >= criticalDeaths ? "critical" : "warning",
      objectKind: dependency === null ? "group" : "dependency",
      objectId,
      sinceMs,
      jobIds: [],
      evidence: [
        { label: "attempts failed", value: attempts, unit: "count" },
        { label: "jobs given up", value: deaths, unit: "count" },
        { label: "class", value: incident.class, unit: "text" },
        { label: "most often", value: group?.title ?? "", unit: "text" },
        ...queues.slice(0, 5).map((name) => ({ label: "queue", value: name, unit: "queue" }) as const),
      ],
      cause: `${dependency === null ? `Jobs${queue === undefined ? "" : ` of queue ${queue}`} have failed` : `${dependency} has failed`} for ${sayDuration(Math.max(0, nowMs - sinceMs))}: ${sayCount(attempts, "attempt")} (${incident.class}), ${deaths === 0 ? "no job given up" : `${sayCount(deaths, "job")} given up`}.`,
      ruledOut: [
        incident.origin === "third-party"
          ? "The jobs themselves are not at fault: the errors come from what they call."
          : "It is not a single hiccup: it has failed without a pause of five minutes.",
        ...(breaker === "open" ? ["Its breaker is open already: it costs little from now on."] : []),
      ],
      whatToDo: [
        "Open the failure group: it shows an error in full, since which version it happens, and on which hosts.",
        dependency === null
          ? "If a release caused it, pause the queue, roll back, and retry what died from the group."
          : `Look at ${dependency}; when it works again, retry what died from the group.`,
      ],
      containment: containmentOf(dependency, breaker, queues),
      runbook: runbookOf("failure-rise"),
    };
  });
}

function containmentOf(
  dependency: string | null,
  breaker: "open" | "closed" | null,
  queues: readonly string[],
): Containment | null {
  const [queue] = queues;
  if (breaker === "open") return null;
  if (dependency !== null && breaker === "closed")
    return { action: "open-breaker", dependency, label: `Force the breaker of ${dependency} open` };
  if (queues.length !== 1 || queue === undefined) return null;
  return { action: "pause-queue", queue, label: `Pause queue ${queue}` };
}
