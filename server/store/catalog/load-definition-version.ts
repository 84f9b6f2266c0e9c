import type { Queryable } from "#db/client.ts";

/** The body of one definition version, or null when there is none. */
export async function loadDefinitionVersion(
  db: Queryable,
  definitionId: number,
  version: number,
): Promise<unknown> {
  const { rows } = await db.query({
    name: "load-definition-version",
    text: "select body from signalbox.definition_versions where definition_id = $1 and version = $2",
    values: [definitionId, version],
  });
  return (rows[0] as { body: unknown } | undefined)?.body ?? null;
}
