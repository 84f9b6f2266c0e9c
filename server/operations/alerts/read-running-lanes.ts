import type { RunningLane } from "#core/alert/find-zero-throughput.ts";
import { percentileMs } from "#core/metric/histogram.ts";
import { readLongestHeld } from "#server/store/leases/read-longest-held.ts";
import { readLastFinishes } from "#server/store/metrics/read-last-finishes.ts";
import { readUsualRuns } from "#server/store/metrics/read-usual-runs.ts";
import type { DepthRow } from "#server/store/overview/read-latest-depths.ts";
import type { Engine } from "../engine.ts";

/** Lanes in which something ended more lately than this are not looked at any closer, ms: half of the least bound. */
const quietMs = 30_000;
/** Lanes looked at closer, those that run most, and attempts, those held longest. */
const lanesLooked = 50;
const heldLooked = 1_000;
const usualSpanMs = 6 * 3_600_000;
const leastRuns = 20;

/** Lanes in which something runs and nothing has ended for half a minute, with what is usual for them. */
export async function readRunningLanes(
  engine: Engine,
  depths: readonly DepthRow[],
  nowMs: number,
): Promise<RunningLane[]> {
  const { pool } = engine;
  const { lanes } = engine.catalog.current;
  const running = new Map<number, number>();
  for (const row of depths)
    if (row.running > 0 && lanes.has(row.lane))
      running.set(row.lane, (running.get(row.lane) ?? 0) + row.running);
  if (running.size === 0) return [];
  const finishes = await readLastFinishes(pool, [...running.keys()]);
  const quiet = [...running]
    .filter(([lane]) => nowMs - (finishes.get(lane) ?? 0) > quietMs)
    .sort((a, b) => b[1] - a[1])
    .slice(0, lanesLooked);
  if (quiet.length === 0) return [];
  const heldOf = Map.groupBy(await readLongestHeld(pool, quietMs, heldLooked), (each) => each.lane);
  const wanted = quiet.filter(([lane]) => heldOf.has(lane));
  if (wanted.length === 0) return [];
  const usual = await readUsualRuns(
    pool,
    wanted.map(([lane]) => lane),
    usualSpanMs,
  );
  return wanted.flatMap(([id, jobs]): RunningLane[] => {
    const lane = lanes.get(id);
    const held = heldOf.get(id) ?? [];
    if (!lane || held.length === 0) return [];
    const counts = usual.get(id) ?? [];
    const runs = counts.reduce((sum, count) => sum + count, 0);
    return [
      {
        queue: lane.queue.name,
        definition: lane.definition.name,
        running: jobs,
        finishedAtMs: finishes.get(id) ?? null,
        oldestClaimMs: Math.min(...held.map((each) => each.claimedAtMs)),
        usualMs: runs >= leastRuns ? percentileMs(counts, 0.99) : null,
        workerIds: [...new Set(held.map((each) => each.workerId))],
        runbookUrl: lane.definition.spec.runbookUrl ?? null,
      },
    ];
  });
}
