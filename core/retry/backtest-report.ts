import { seededRandom } from "../random.ts";
import { type RecordedJob, type ReplayedJob, replayJob } from "./backtest-policy.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** A figure with the ends of its 90 % interval; null when no job gives one. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** What a policy would have made of all the jobs. Latencies are of recovered jobs, from first attempt to success. */
export interface BacktestFigures {
  recovered: Estimate;
  dead: Estimate;
  medianLatencyMs: Estimate;
  p95LatencyMs: Estimate;
  /** All attempts, first ones and successful ones too. */
  attempts: Estimate;
  /** Retries in the busiest minute. */
  peakRetriesPerMinute: Estimate;
}

export interface BacktestReport {
  jobs: number;
  old: BacktestFigures;
  new: BacktestFigures;
  /** Jobs that only the new policy recovers, and those that only the old one does. */
  gained: number;
  lost: number;
  /** Retries a minute: of each bucket of the series its busiest minute. */
  series: { atMs: number; old: number; new: number }[];
  bucketMs: number;
}

const minuteMs = 60_000;
const resamples = 200;
const shownBuckets = 120;

/**
 * Replay jobs under two policies and compare. Both see the same chance, so what differs comes of the policies;
 * identical policies give identical figures. Intervals are the 5th and 95th percentile of a bootstrap over jobs (Efron
 * 1979; 200 resamples, seeded), of each policy by the same resamples.
 */
export function backtestPolicies(input: {
  jobs: readonly RecordedJob[];
  old: RetryPolicy;
  new: RetryPolicy;
  seed: number;
}): BacktestReport {
  const { jobs, seed } = input;
  const replays = {
    old: jobs.map((job, index) => replayJob(job, input.old, seed + index)),
    new: jobs.map((job, index) => replayJob(job, input.new, seed + index)),
  };
  const draws = resample(jobs.length, seed);
  const busy = { old: minutesOf(replays.old), new: minutesOf(replays.new) };
  const pairs = replays.old.map((before, index) => ({ before, after: replays.new[index] as ReplayedJob }));
  return {
    jobs: jobs.length,
    old: figures(replays.old, busy.old, draws),
    new: figures(replays.new, busy.new, draws),
    gained: pairs.filter(({ before, after }) => !before.recovered && after.recovered).length,
    lost: pairs.filter(({ before, after }) => before.recovered && !after.recovered).length,
    ...series(busy.old, busy.new),
  };
}

/** How often each job stands in each resample. */
function resample(jobs: number, seed: number): Uint16Array[] {
  const random = seededRandom(seed ^ 0x5eed);
  return Array.from({ length: jobs === 0 ? 0 : resamples }, () => {
    const weights = new Uint16Array(jobs);
    for (let draw = 0; draw < jobs; draw += 1) {
      const chosen = Math.floor(random() * jobs);
      weights[chosen] = (weights[chosen] ?? 0) + 1;
    }
    return weights;
  });
}

/** Retries by minute: for each minute the jobs that retry in it, one entry a retry. */
function minutesOf(replays: readonly ReplayedJob[]): Map<number, number[]> {
  const minutes = new Map<number, number[]>();
  for (const [index, replay] of replays.entries()) {
    for (const atMs of replay.retriesAtMs) {
      const minute = Math.floor(atMs / minuteMs);
      const jobs = minutes.get(minute);
      if (jobs === undefined) minutes.set(minute, [index]);
      else jobs.push(index);
    }
  }
  return minutes;
}

type Weights = Uint16Array | null;

function figures(
  replays: readonly ReplayedJob[],
  busy: Map<number, number[]>,
  draws: Uint16Array[],
): BacktestFigures {
  const weigh = (weights: Weights, index: number) => (weights === null ? 1 : (weights[index] ?? 0));
  const sum = (value: (replay: ReplayedJob) => number) => (weights: Weights) =>
    replays.reduce((total, replay, index) => total + value(replay) * weigh(weights, index), 0);
  const order = [...replays.keys()]
    .filter((index) => replays[index]?.latencyMs !== null)
    .sort((a, b) => (replays[a]?.latencyMs ?? 0) - (replays[b]?.latencyMs ?? 0));
  const latency = (share: number) => (weights: Weights) => {
    const total = order.reduce((all, index) => all + weigh(weights, index), 0);
    let left = Math.floor(share * Math.max(0, total - 1));
    for (const index of order) {
      left -= weigh(weights, index);
      if (left < 0) return replays[index]?.latencyMs ?? null;
    }
    return null;
  };
  const peak = (weights: Weights) => {
    let most = 0;
    for (const jobs of busy.values())
      most = Math.max(
        most,
        jobs.reduce((total, index) => total + weigh(weights, index), 0),
      );
    return most;
  };
  const estimate = (statistic: (weights: Weights) => number | null): Estimate => {
    const drawn = draws
      .map(statistic)
      .filter((value) => value !== null)
      .sort((a, b) => a - b);
    return {
      value: statistic(null),
      low: drawn[Math.floor(drawn.length * 0.05)] ?? null,
      high: drawn[Math.min(drawn.length - 1, Math.floor(drawn.length * 0.95))] ?? null,
    };
  };
  return {
    recovered: estimate(sum((replay) => (replay.recovered ? 1 : 0))),
    dead: estimate(sum((replay) => (replay.recovered ? 0 : 1))),
    medianLatencyMs: estimate(latency(0.5)),
    p95LatencyMs: estimate(latency(0.95)),
    attempts: estimate(sum((replay) => replay.attempts)),
    peakRetriesPerMinute: estimate(peak),
  };
}

function series(
  before: Map<number, number[]>,
  after: Map<number, number[]>,
): Pick<BacktestReport, "series" | "bucketMs"> {
  const minutes = [...before.keys(), ...after.keys()];
  if (minutes.length === 0) return { series: [], bucketMs: minuteMs };
  const first = minutes.reduce((least, minute) => Math.min(least, minute));
  const last = minutes.reduce((most, minute) => Math.max(most, minute));
  const width = Math.ceil((last - first + 1) / shownBuckets);
  const points: BacktestReport["series"] = Array.from(
    { length: Math.ceil((last - first + 1) / width) },
    (_, index) => ({ atMs: (first + index * width) * minuteMs, old: 0, new: 0 }),
  );
  for (const [of, side] of [
    [before, "old"],
    [after, "new"],
  ] as const) {
    for (const [minute, jobs] of of) {
      const point = points[Math.floor((minute - first) / width)];
      if (point) point[side] = Math.max(point[side], jobs.length);
    }
  }
  return { series: points, bucketMs: width * minuteMs };
}
