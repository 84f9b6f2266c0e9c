import type { Queryable } from "#db/client.ts";

export interface DefinitionVersionRow {
  version: number;
  /** As stored; see core/definition/definition.ts. */
  body: unknown;
  createdAtMs: number;
  createdBy: string;
}

/** Versions of a definition below `before` (null: from the newest), newest first; by the primary key. */
export async function listDefinitionVersions(
  db: Queryable,
  name: string,
  before: number | null,
  limit: number,
): Promise<DefinitionVersionRow[]> {
  const { rows } = await db.query({
    name: "list-definition-versions",
    text: `select v.version, v.body, (extract(epoch from v.created_at) * 1000)::float8 as "createdAtMs", v.created_by as "createdBy"
      from signalbox.definitions d join signalbox.definition_versions v on v.definition_id = d.id
      where d.name = $1 and ($2::int is null or v.version < $2) order by v.version desc limit $3`,
    values: [name, before, limit],
  });
  return rows as DefinitionVersionRow[];
}
