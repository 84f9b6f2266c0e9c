import type { Queryable } from "#db/client.ts";

/** The cap of a definition and how many of its jobs run under it. */
export interface DefinitionCap {
  /** Null when its newest version has none. */
  maxRunning: number | null;
  running: number;
}

/**
 * Lock the row of a definition until the transaction ends, so that claimers of it take turns, and count what runs. Two
 * statements, because what is counted must be seen as it is once the lock is held. Null when the definition is gone.
 * Index: leases_definition.
 */
export async function lockDefinitionCap(
  transaction: Queryable,
  definitionId: number,
): Promise<DefinitionCap | null> {
  await transaction.query({
    name: "lock-definition",
    text: "select from signalbox.definitions where id = $1 for no key update",
    values: [definitionId],
  });
  const { rows } = await transaction.query({
    name: "read-definition-cap",
    text: `select (v.body->>'maxRunning')::int as "maxRunning",
        (select count(*)::int from signalbox.leases where definition_id = d.id) as running
      from signalbox.definitions d join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version
      where d.id = $1`,
    values: [definitionId],
  });
  return (rows as DefinitionCap[])[0] ?? null;
}
