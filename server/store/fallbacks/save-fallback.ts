import type { Queryable } from "#db/client.ts";
import type { FallbackRow } from "./fallback-row.ts";

/** Write what the fallback of a definition did; the duty that runs them is the only writer. */
export async function saveFallback(transaction: Queryable, row: FallbackRow): Promise<void> {
  await transaction.query({
    name: "save-fallback",
    text: `insert into signalbox.fallbacks (definition_id, dependency, since_ms, ended_ms, diverted, answered, unfit, bar, event_id, body)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (definition_id) do update set dependency = excluded.dependency, since_ms = excluded.since_ms,
        ended_ms = excluded.ended_ms, diverted = excluded.diverted, answered = excluded.answered, unfit = excluded.unfit,
        bar = excluded.bar, event_id = excluded.event_id, body = excluded.body`,
    values: [
      row.definitionId,
      row.dependency,
      row.sinceMs,
      row.endedMs,
      row.diverted,
      row.answered,
      row.unfit,
      row.bar,
      row.eventId,
      JSON.stringify(row.walk),
    ],
  });
}
