import type { Queryable } from "#db/client.ts";

/** The jobs that live receipts name, by `definitionId key`. */
export async function findReceipts(
  db: Queryable,
  keys: { definitionId: number; idempotencyKey: string | null }[],
): Promise<Map<string, string>> {
  const { rows } = await db.query({
    text: `select r.definition_id || ' ' || r.key as key, r.job_id::text as job_id from signalbox.receipts r
      join unnest($1::int[], $2::text[]) as k(definition_id, key) using (definition_id, key)
      where r.expires_at > clock_timestamp()`,
    values: [keys.map((each) => each.definitionId), keys.map((each) => each.idempotencyKey)],
  });
  return new Map((rows as { key: string; job_id: string }[]).map((row) => [row.key, row.job_id]));
}
