import type { Random } from "../clock.ts";
import { sayDuration } from "../say-duration.ts";
import { findOutliers, type WorkerOutlier, type WorkerTally } from "./find-outliers.ts";

/** Where a worker stands that failed far more than its peers; times in ms since 1970. */
export interface Ejection {
  workerId: string;
  /** Ejected: gets no jobs. Probing: gets one job at a time. Returned: gets jobs like any other. */
  phase: "ejected" | "probing" | "returned";
  sinceMs: number;
  /** Ejected: when it is probed. */
  untilMs: number | null;
  /** Times in a row that it was ejected, without a healthy hour between. */
  times: number;
  /** Because of which definition. */
  definition: string;
}

/** What one look at a fleet is decided by. */
export interface EjectionFacts {
  nowMs: number;
  /** Workers that are alive, with their pools. */
  workers: readonly { workerId: string; pool: string }[];
  /** How attempts ended on each worker in the last `windowMs`. */
  tallies: readonly WorkerTally[];
  windowMs: number;
  /** How attempts ended on probed workers since they are probed. */
  probed: ReadonlyMap<string, { succeeded: number; failed: number }>;
  random: Random;
}

/** One entry for the automation feed. */
export interface EjectionAct {
  kind: "worker-ejected" | "worker-probed" | "worker-returned";
  workerId: string;
  cause: string;
  figures: Record<string, number | string>;
}

const firstMs = 30_000;
const longestMs = 900_000;
const mostShare = 1 / 3;
/** Good attempts in a row, one at a time, that a probed worker returns by. */
const goodProbes = 3;
/** Healthy for so long after its return, earlier ejections are forgotten. */
const forgetAfterMs = 3_600_000;

/**
 * Eject workers that fail far more than their peers on the same definition ({@link findOutliers}): for 30 s at first,
 * twice as long each time again (at most 15 min, up to a fifth longer by chance), and never more than a third of a pool,
 * since then it is hardly the workers; when a pool shrinks, the surplus returns. Afterwards such a worker is probed by one job at a time: three good ones and it
 * returns, one failure and it is out again. One that returned is not judged until the window holds nothing from before.
 * Workers that are gone are forgotten.
 */
export function ejectWorkers(
  before: readonly Ejection[],
  facts: EjectionFacts,
): { ejections: Ejection[]; acts: EjectionAct[] } {
  const acts: EjectionAct[] = [];
  const pools = new Map(facts.workers.map(({ workerId, pool }) => [workerId, pool]));
  const kept = before
    .filter(({ workerId }) => pools.has(workerId))
    .filter(({ phase, sinceMs }) => phase !== "returned" || facts.nowMs - sinceMs < forgetAfterMs)
    .map((ejection) => advance(ejection, facts, acts));
  const known = new Map(kept.map((ejection) => [ejection.workerId, ejection]));
  returnSurplus(known, facts, pools, acts);
  const room = roomInPools(facts, known, pools);
  for (const outlier of findOutliers(judgeable(facts, known))) {
    const pool = pools.get(outlier.workerId) ?? "";
    const left = room.get(pool) ?? 0;
    if (left < 1) continue;
    room.set(pool, left - 1);
    const times = (known.get(outlier.workerId)?.times ?? 0) + 1;
    const ejection = eject(outlier.workerId, outlier.definition, times, facts);
    known.set(outlier.workerId, ejection);
    acts.push(sayEjected(ejection, outlier, facts.nowMs));
  }
  return { ejections: [...known.values()], acts };
}

function advance(ejection: Ejection, facts: EjectionFacts, acts: EjectionAct[]): Ejection {
  const { workerId, phase, untilMs, times, definition } = ejection;
  const { nowMs } = facts;
  if (phase === "ejected" && untilMs !== null && nowMs >= untilMs) {
    const outMs = nowMs - ejection.sinceMs;
    acts.push({
      kind: "worker-probed",
      workerId,
      cause: `it has been out for ${sayDuration(outMs)}: it gets one job at a time until ${goodProbes} have gone well`,
      figures: { outMs, times },
    });
    return { ...ejection, phase: "probing", sinceMs: nowMs, untilMs: null };
  }
  if (phase !== "probing") return ejection;
  const { succeeded, failed } = facts.probed.get(workerId) ?? { succeeded: 0, failed: 0 };
  if (failed > 0) {
    const again = eject(workerId, definition, times + 1, facts);
    const outMs = (again.untilMs ?? nowMs) - nowMs;
    acts.push({
      kind: "worker-ejected",
      workerId,
      cause: `a job it was probed by failed: it gets none for ${sayDuration(outMs)}`,
      figures: { definition, outMs, times: again.times, succeeded, failed },
    });
    return again;
  }
  if (succeeded < goodProbes) return ejection;
  acts.push({
    kind: "worker-returned",
    workerId,
    cause: `${succeeded} jobs it was probed by went well: it gets jobs like any other`,
    figures: { succeeded, times },
  });
  return { ...ejection, phase: "returned", sinceMs: nowMs };
}

function eject(workerId: string, definition: string, times: number, facts: EjectionFacts): Ejection {
  const { nowMs, random } = facts;
  const outMs = Math.min(longestMs, firstMs * 2 ** Math.min(times - 1, 10)) * (1 + random() * 0.2);
  return {
    workerId,
    phase: "ejected",
    sinceMs: nowMs,
    untilMs: nowMs + Math.round(outMs),
    times,
    definition,
  };
}

/** Pools shrink: whoever is held back beyond a third of what is left returns, the one that was due first. */
function returnSurplus(
  known: Map<string, Ejection>,
  facts: EjectionFacts,
  pools: ReadonlyMap<string, string>,
  acts: EjectionAct[],
): void {
  const room = roomInPools(facts, known, pools);
  const held = [...known.values()].filter(({ phase }) => phase !== "returned");
  for (const ejection of held.sort((a, b) => (a.untilMs ?? 0) - (b.untilMs ?? 0))) {
    const pool = pools.get(ejection.workerId) ?? "";
    const left = room.get(pool) ?? 0;
    if (left >= 0) continue;
    room.set(pool, left + 1);
    known.set(ejection.workerId, { ...ejection, phase: "returned", sinceMs: facts.nowMs, untilMs: null });
    acts.push({
      kind: "worker-returned",
      workerId: ejection.workerId,
      cause: `too few others are left in the pool ${pool} to do without it: it gets jobs like any other`,
      figures: { pool, times: ejection.times },
    });
  }
}

/** How many more workers each pool can do without: a third of it, less those that get no jobs, or one at a time. */
function roomInPools(
  { workers }: EjectionFacts,
  known: ReadonlyMap<string, Ejection>,
  pools: ReadonlyMap<string, string>,
): Map<string, number> {
  const room = new Map<string, number>();
  for (const [pool, members] of Map.groupBy(workers, (worker) => worker.pool))
    room.set(pool, Math.floor(members.length * mostShare));
  for (const { workerId, phase } of known.values()) {
    const pool = pools.get(workerId);
    if (pool !== undefined && phase !== "returned") room.set(pool, (room.get(pool) ?? 0) - 1);
  }
  return room;
}

/** The tallies that may speak against a worker: not of those that are out, nor of those whose past is still in them. */
function judgeable(
  { nowMs, windowMs, tallies, workers }: EjectionFacts,
  known: ReadonlyMap<string, Ejection>,
): WorkerTally[] {
  const alive = new Set(workers.map(({ workerId }) => workerId));
  return tallies.filter(({ workerId }) => {
    const ejection = known.get(workerId);
    if (!alive.has(workerId)) return false;
    return ejection === undefined || (ejection.phase === "returned" && nowMs - ejection.sinceMs >= windowMs);
  });
}

function sayEjected(
  { workerId, untilMs, times }: Ejection,
  outlier: WorkerOutlier,
  nowMs: number,
): EjectionAct {
  const { definition, attempts, failures, share, peers, peerShare, peerAttempts } = outlier;
  const outMs = (untilMs ?? nowMs) - nowMs;
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  const others = peers === 1 ? "the other worker" : `the ${peers} others`;
  return {
    kind: "worker-ejected",
    workerId,
    cause: `${failures} of its ${attempts} attempts of ${definition} failed (${percent(share)}; ${others}: ${percent(peerShare)}): it gets no jobs for ${sayDuration(outMs)}`,
    figures: { definition, failures, attempts, peers, peerAttempts, peerShare, outMs, times },
  };
}
