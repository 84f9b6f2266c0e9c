import type { Queryable } from "#db/client.ts";

export interface RedactionRecord {
  version: number;
  /** As stored; see core/redaction/redaction-settings.ts. */
  settings: unknown;
  createdAtMs: number;
  createdBy: string;
}

/** The newest versions of what is redacted beside the built-in set, newest first; at most `limit`. */
export async function findRedaction(db: Queryable, limit: number): Promise<RedactionRecord[]> {
  const { rows } = await db.query({
    name: "find-redaction",
    text: `select version, settings, (extract(epoch from created_at) * 1000)::float8 as "createdAtMs", created_by as "createdBy"
      from signalbox.redaction_versions order by version desc limit $1`,
    values: [limit],
  });
  return rows as RedactionRecord[];
}
