import type { Queryable } from "#db/client.ts";

/** Pause a definition or let it go on; the caller holds the catalogue's lock. */
export async function setDefinitionPaused(
  transaction: Queryable,
  name: string,
  paused: boolean,
): Promise<void> {
  await transaction.query({
    text: "update signalbox.definitions set paused = $2 where name = $1",
    values: [name, paused],
  });
}
