import { workerWords } from "#app/words/worker-words.ts";
import type { WorkerOutlier } from "#core/worker/find-outliers.ts";
import type { WorkerSummary } from "#server/api/routers/workers.ts";

/** What is odd about a live worker: the word and the evidence. */
export interface WorkerFlag {
  word: string;
  why: string;
}

/** A clock that is off by more than this makes logs hard to read, ms. */
const clockOffMs = 1_000;
/** An event loop blocked for longer than this makes heartbeats late, ms. */
const laggingMs = 200;

/** The flags of a worker, the gravest first; none for one that has ended. */
export function findFlags(
  worker: WorkerSummary,
  known: { outlier: WorkerOutlier | undefined; newestVersion: string | undefined },
): WorkerFlag[] {
  if (worker.endedAtMs !== null) return [];
  const { flag } = workerWords;
  const { loopLagMs, clockOffsetMs, version } = worker;
  const { outlier, newestVersion } = known;
  const flags: WorkerFlag[] = [];
  if (outlier) flags.push({ word: flag.outlier, why: workerWords.outlierWhy(outlier) });
  if (loopLagMs !== null && loopLagMs > laggingMs)
    flags.push({ word: flag.lag, why: workerWords.lagFlagWhy(loopLagMs) });
  if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockOffMs)
    flags.push({ word: flag.clock, why: workerWords.clockWhy(clockOffsetMs) });
  if (newestVersion !== undefined && version !== null)
    flags.push({ word: flag.version, why: workerWords.versionWhy(version, newestVersion) });
  return flags;
}
