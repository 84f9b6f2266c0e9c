import { setTimeout as wait } from "node:timers/promises";

/** A stream of jobs: number `index` is due at `startMs + index / perSecond`, for as long as it is open. */
export interface Stream {
  perSecond: number;
  /** How many are due at once, at the start and before all others. */
  atStart?: number;
  /** Due times are multiples of the spacing, so that each run of each system meets the same arrivals. */
  endMs: number;
}

/** How many jobs of a stream are due by now; times in ms since the start of the stream. */
export function dueCount({ perSecond, atStart = 0, endMs }: Stream, nowMs: number): number {
  if (nowMs < 0) return 0;
  const untilMs = Math.min(nowMs, endMs);
  // The first is due at 0; one that would be due exactly at the end is not.
  const spaced = Math.floor((untilMs * perSecond) / 1000 + 1e-9) + (untilMs < endMs ? 1 : 0);
  return atStart + Math.min(spaced, Math.ceil((endMs * perSecond) / 1000 - 1e-9));
}

/** When job `index` of a stream is due, ms since its start. */
export function dueMs({ perSecond, atStart = 0 }: Stream, index: number): number {
  return index < atStart ? 0 : ((index - atStart) / perSecond) * 1000;
}

/**
 * Call `submit` with the numbers that have become due, every few milliseconds, from `startMs` (of performance.now)
 * until `isOver`. Submits overlap; the first that fails makes this reject.
 */
export async function pace(
  startMs: number,
  streams: readonly Stream[],
  submit: (stream: number, first: number, count: number) => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  const submitted = streams.map(() => 0);
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  while (!isOver()) {
    if (failure !== undefined) throw failure;
    for (const [at, stream] of streams.entries()) {
      const first = submitted[at] ?? 0;
      const count = dueCount(stream, performance.now() - startMs) - first;
      if (count <= 0) continue;
      submitted[at] = first + count;
      const done = submit(at, first, count).catch((error: unknown) => {
        failure = error;
      });
      underWay.add(done);
      void done.then(() => underWay.delete(done));
    }
    await wait(5);
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
}
