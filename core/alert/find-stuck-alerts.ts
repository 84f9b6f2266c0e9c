import { sayDuration } from "../say-duration.ts";
import { type Containment, type Finding, runbookOf } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** An attempt that has run past the bound of its definition; see core/attention/find-stuck.ts. */
export interface HeldAttempt {
  jobId: string;
  definition: string;
  queue: string;
  workerId: string;
  claimedAtMs: number;
  /** When what it reports of its progress last changed; its claim while it never did. */
  movedAtMs: number;
  /** 0…1; null for nothing reported. */
  progress: number | null;
  /** What 99 of 100 completed runs of its definition took, ms; null where too few are known. */
  usualMs: number | null;
  boundMs: number;
  runbookUrl: string | null;
}

/** Jobs that are named, and that one press restarts, at most. */
const mostNamed = 20;

/**
 * Attempts whose workers are alive and that have shown no progress for longer than their definition's bound, one alert a
 * definition, of the one that has stood still the longest. An attempt that still reports progress is slow, not stuck.
 */
export function findStuckAlerts(held: readonly HeldAttempt[], nowMs: number): Finding[] {
  return [...Map.groupBy(held, (attempt) => attempt.definition)].map(([definition, all]) => {
    const still = (attempt: HeldAttempt) => nowMs - attempt.movedAtMs;
    const attempts = [...all].sort((a, b) => still(b) / b.boundMs - still(a) / a.boundMs);
    const [worst] = attempts as [HeldAttempt];
    const wrong = attempts.filter((attempt) => still(attempt) >= attempt.boundMs);
    const jobIds = (wrong.length > 0 ? wrong : [worst]).slice(0, mostNamed).map(({ jobId }) => jobId);
    const workers = new Set(wrong.map((attempt) => attempt.workerId));
    const many = wrong.length > 1;
    return {
      key: `stuck:${definition}`,
      kind: "stuck",
      level: still(worst) / worst.boundMs,
      severity: many ? "critical" : "warning",
      objectKind: "definition",
      objectId: definition,
      sinceMs: worst.movedAtMs,
      jobIds,
      evidence: [
        { label: "attempts without progress", value: Math.max(1, wrong.length), unit: "count" },
        { label: "longest without progress", value: still(worst), unit: "ms" },
        { label: "counts as stuck after", value: worst.boundMs, unit: "ms" },
        ...(worst.usualMs === null
          ? []
          : [{ label: "99 of 100 runs take under", value: worst.usualMs, unit: "ms" } as const]),
        ...(worst.progress === null
          ? []
          : [{ label: "last reported progress", value: worst.progress, unit: "share" } as const]),
        { label: "job", value: worst.jobId, unit: "job" },
        { label: "worker", value: worst.workerId, unit: "worker" },
        { label: "queue", value: worst.queue, unit: "queue" },
      ],
      cause:
        `${many ? `${sayCount(wrong.length, "job")} of ${definition} have` : `A job of ${definition} has`} run without progress for ${sayDuration(still(worst))}, ` +
        (worst.usualMs === null
          ? "and too few runs are known to say what is usual."
          : `where 99 of 100 runs end within ${sayDuration(worst.usualMs)}.`),
      ruledOut: [
        "The worker is alive: it renews its leases, so the job has not been taken back.",
        worst.progress === null
          ? "It has reported no progress at all."
          : `Its progress has stood at ${Math.round(worst.progress * 100)} % since then.`,
        ...(many && workers.size > 1
          ? [`It is not one worker: the jobs are on ${workers.size} of them.`]
          : []),
      ],
      whatToDo: [
        "Open the job and read its last log lines: what it waits for is most often the call it made last.",
        "Restart it if it may be done twice: it is cancelled on its worker and put in line again.",
        "Give the definition an attempt limit (attemptMs), or report progress from the handler and set heartbeatMs, so that it ends by itself.",
      ],
      containment: containmentOf(jobIds, wrong.length, workers),
      runbook: runbookOf("stuck", worst.runbookUrl),
    };
  });
}

function containmentOf(jobIds: readonly string[], wrong: number, workers: ReadonlySet<string>): Containment {
  const [worker] = workers;
  if (wrong > 2 && workers.size === 1 && worker !== undefined)
    return { action: "drain-worker", workerId: worker, label: `Drain worker ${worker}` };
  return {
    action: "restart-jobs",
    label: jobIds.length === 1 ? `Restart job ${jobIds[0]}` : `Restart ${jobIds.length} jobs`,
  };
}
