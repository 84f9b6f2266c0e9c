import type { Queryable } from "#db/client.ts";

/** A definition at one of its versions. */
export interface DefinitionRecord {
  id: number;
  name: string;
  version: number;
  latestVersion: number;
  paused: boolean;
  /** As stored; see core/definition/definition.ts. */
  body: unknown;
  createdAt: Date;
  createdBy: string;
}

const columns = `d.id, d.name, v.version, d.version as "latestVersion", d.paused, v.body, v.created_at as "createdAt",
  v.created_by as "createdBy"`;
const from = `from signalbox.definitions d join signalbox.definition_versions v on v.definition_id = d.id`;

/** A definition by name, at its newest version or the one asked for; null when there is none. */
export async function findDefinition(
  db: Queryable,
  name: string,
  version: number | null,
): Promise<DefinitionRecord | null> {
  const { rows } = await db.query({
    text: `select ${columns} ${from} and v.version = coalesce($2::int, d.version) where d.name = $1`,
    values: [name, version],
  });
  return (rows[0] as DefinitionRecord | undefined) ?? null;
}

/** Definitions at their newest versions by name, after `afterName`; null starts at the first. */
export async function listDefinitions(
  db: Queryable,
  afterName: string | null,
  limit: number,
): Promise<DefinitionRecord[]> {
  const { rows } = await db.query({
    text: `select ${columns} ${from} and v.version = d.version where d.name > coalesce($1, '') order by d.name limit $2`,
    values: [afterName, limit],
  });
  return rows as DefinitionRecord[];
}
