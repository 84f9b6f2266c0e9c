import type { Queryable } from "#db/client.ts";

export interface CounterRow {
  atMs: number;
  lane: number;
  rank: number;
  submitted: number;
  started: number;
  completed: number;
  retried: number;
  died: number;
  cancelled: number;
  failures: object;
  waitMs: number[] | null;
  runMs: number[] | null;
}

/** Append a second's counters of one process. */
export async function insertCounters(db: Queryable, source: number, rows: CounterRow[]): Promise<void> {
  const records = rows.map(({ failures, rank, atMs, waitMs, runMs, ...counts }) => ({
    at_ms: atMs,
    class: rank,
    ...counts,
    failures: Object.keys(failures).length > 0 ? failures : null,
    wait_ms: waitMs,
    run_ms: runMs,
  }));
  await db.query({
    name: "insert-counters",
    text: `insert into signalbox.metrics_1s (at_ms, source, lane, class, submitted, started, completed, retried, died, cancelled,
        failures, wait_ms, run_ms)
      select at_ms, $1, lane, class, submitted, started, completed, retried, died, cancelled, failures, wait_ms, run_ms
      from jsonb_to_recordset($2::jsonb) as r(at_ms bigint, lane int, class smallint, submitted int, started int, completed int,
        retried int, died int, cancelled int, failures jsonb, wait_ms int[], run_ms int[])`,
    values: [source, JSON.stringify(records)],
  });
}
