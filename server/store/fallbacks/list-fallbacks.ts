import type { Queryable } from "#db/client.ts";
import { type FallbackRow, fallbackColumns } from "./fallback-row.ts";

/** What fallbacks did, by definition; with `definitionIds` those of these. As many rows as definitions with one at most. */
export async function listFallbacks(
  db: Queryable,
  definitionIds: readonly number[] | null = null,
): Promise<(FallbackRow & { undoneBy: string | null })[]> {
  const { rows } = await db.query({
    name: "list-fallbacks",
    text: `select ${fallbackColumns}, e.undone_by as "undoneBy"
      from signalbox.fallbacks f left join signalbox.automation_events e on e.id = f.event_id
      where $1::int[] is null or f.definition_id = any($1)`,
    values: [definitionIds],
  });
  return rows as (FallbackRow & { undoneBy: string | null })[];
}
