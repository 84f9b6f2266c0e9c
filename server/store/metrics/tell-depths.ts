import type { Queryable } from "#db/client.ts";
import type { CountedDepth } from "../overview/read-latest-depths.ts";

/** On it consoles hear of each count of depths, so that a change is on the screen without a question of theirs. */
export const depthsChannel = "signalbox_depths";

/** A notification holds less than 8,000 bytes. */
const mostBytes = 7_900;

/** What a notification of depths says: the count itself, or that there is one too long to be told. */
export type ToldDepths = { atMs: number; rows: CountedDepth[] | null };

/** Tell listening consoles of a count when the transaction commits. */
export async function tellDepths(transaction: Queryable, counted: readonly CountedDepth[]): Promise<void> {
  const atMs = counted[0]?.atMs;
  if (atMs === undefined) return;
  const rows = counted.map((row) => [
    ...[row.lane, row.rank, row.available, row.scheduled, row.retryable, row.held, row.running],
    row.oldestRunAtMs,
  ]);
  const whole = JSON.stringify([atMs, rows]);
  await transaction.query({
    name: "tell-depths",
    text: "select pg_notify($1, $2)",
    values: [depthsChannel, whole.length <= mostBytes ? whole : JSON.stringify([atMs, null])],
  });
}

/** What was told; null for what is no count, of another version perhaps. */
export function readToldDepths(payload: string): ToldDepths | null {
  try {
    const [atMs, rows] = JSON.parse(payload) as [number, (number | null)[][] | null];
    if (!Number.isFinite(atMs)) return null;
    return { atMs, rows: rows?.map((row) => toDepth(atMs, row)) ?? null };
  } catch {
    return null;
  }
}

function toDepth(atMs: number, row: (number | null)[]): CountedDepth {
  const [lane, rank, available, scheduled, retryable, held, running] = row.map((value) => value ?? 0) as [
    ...[number, number, number, number, number, number, number],
  ];
  return { atMs, lane, rank, available, scheduled, retryable, held, running, oldestRunAtMs: row[7] ?? null };
}
