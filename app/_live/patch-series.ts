import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import type { Series } from "#server/api/board/read-series.ts";

/**
 * The short chart with the newest buckets of a snapshot in place of its own, moved on when a new bucket has begun.
 * Leaves a chart alone that ended too long ago to be carried on (the tab was hidden); it is asked for anew.
 */
export function patchSeries(series: Series | undefined, board: BoardSnapshot): Series | undefined {
  const firstMs = board.tail[0]?.atMs;
  if (!series || firstMs === undefined || firstMs > series.toMs) return series;
  const newestMs = board.tail.at(-1)?.atMs ?? firstMs;
  const toMs = Math.max(series.toMs, newestMs + series.bucketMs);
  const fromMs = toMs - (series.toMs - series.fromMs);
  const flow = [
    ...series.flow.filter((bucket) => bucket.atMs >= fromMs && bucket.atMs < firstMs),
    ...board.tail,
  ];
  const depths = series.depths.filter((bucket) => bucket.atMs >= fromMs);
  if (board.depthAtMs !== null && board.depthAtMs >= firstMs) {
    const atMs = Math.floor(board.depthAtMs / series.bucketMs) * series.bucketMs;
    const rest = depths.filter((bucket) => bucket.atMs !== atMs);
    rest.push(sumDepths(atMs, board));
    return { ...series, asOfMs: board.asOfMs, fromMs, toMs, flow, depths: rest };
  }
  return { ...series, asOfMs: board.asOfMs, fromMs, toMs, flow, depths };
}

function sumDepths(atMs: number, board: BoardSnapshot): Series["depths"][number] {
  const sum = { atMs, byRank: [0, 0, 0, 0, 0], scheduled: 0, retryable: 0, held: 0, running: 0 };
  for (const queue of board.queues) {
    queue.waiting.forEach((count, rank) => {
      sum.byRank[rank] = (sum.byRank[rank] ?? 0) + count;
    });
    for (const key of ["scheduled", "retryable", "held", "running"] as const) sum[key] += queue[key];
  }
  return sum;
}
