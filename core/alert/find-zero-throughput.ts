import { sayDuration } from "../say-duration.ts";
import { type Finding, runbookOf } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** A lane in which something runs, and when something last ended in it. */
export interface RunningLane {
  queue: string;
  definition: string;
  running: number;
  /** When an attempt last ended, however; null when that is too long ago to be known. */
  finishedAtMs: number | null;
  /** Since when the attempt that has run the longest runs. */
  oldestClaimMs: number;
  usualMs: number | null;
  /** Workers that hold the attempts. */
  workerIds: readonly string[];
  runbookUrl: string | null;
}

/**
 * How long a lane may end nothing while something runs, ms: with three or more running the 99th percentile of its runs
 * and a half (that three or more all take longer is less than one in a million), with fewer four times it, as an attempt
 * counts as stuck; 1 min at least, 5 min where too few runs are known.
 */
export function silenceBoundMs(running: number, usualMs: number | null): number {
  if (usualMs === null) return 300_000;
  return Math.max(60_000, usualMs * (running >= 3 ? 1.5 : 4));
}

/** Lanes in which jobs run and none ends, for a time that is scaled to what a run of the definition usually takes. */
export function findZeroThroughput(lanes: readonly RunningLane[], nowMs: number): Finding[] {
  return lanes.map((lane): Finding => {
    const sinceMs = Math.max(lane.finishedAtMs ?? 0, lane.oldestClaimMs);
    const boundMs = silenceBoundMs(lane.running, lane.usualMs);
    const silentMs = Math.max(0, nowMs - sinceMs);
    const [worker] = lane.workerIds;
    const single = lane.workerIds.length === 1 && worker !== undefined;
    return {
      key: `throughput-zero:${lane.queue}:${lane.definition}`,
      kind: "throughput-zero",
      level: silentMs / boundMs,
      severity: "critical",
      objectKind: "definition",
      objectId: lane.definition,
      sinceMs,
      jobIds: [],
      evidence: [
        { label: "running", value: lane.running, unit: "count" },
        { label: "ended since then", value: 0, unit: "count" },
        { label: "nothing has ended for", value: silentMs, unit: "ms" },
        { label: "bound for this definition", value: boundMs, unit: "ms" },
        ...(lane.usualMs === null
          ? []
          : [{ label: "99 of 100 runs take under", value: lane.usualMs, unit: "ms" } as const]),
        ...(single ? [{ label: "worker", value: worker, unit: "worker" } as const] : []),
        { label: "queue", value: lane.queue, unit: "queue" },
      ],
      cause: `${sayCount(lane.running, "job")} of ${lane.definition} ${lane.running === 1 ? "runs" : "run"} in queue ${lane.queue}, and none has ended for ${sayDuration(silentMs)}.`,
      ruledOut: [
        "The workers are alive: their leases are renewed.",
        "Nothing failed either: a failed attempt would count as ended.",
        lane.usualMs === null
          ? "Too few runs are known to say what is usual."
          : `It is not a long run: 99 of 100 end within ${sayDuration(lane.usualMs)}.`,
        ...(lane.workerIds.length > 1 ? [`It is not one worker: they are on ${lane.workerIds.length}.`] : []),
      ],
      whatToDo: [
        "Open the jobs that run and read their last log lines: what all of them wait for is the cause.",
        "Look at what the definition calls: a dependency that accepts connections and never answers looks like this.",
        single
          ? "Drain the worker if the others of its kind do finish."
          : "Pause the queue to keep more jobs from joining those that hang.",
      ],
      containment: single
        ? { action: "drain-worker", workerId: worker, label: `Drain worker ${worker}` }
        : { action: "pause-queue", queue: lane.queue, label: `Pause queue ${lane.queue}` },
      runbook: runbookOf("throughput-zero", lane.runbookUrl),
    };
  });
}
