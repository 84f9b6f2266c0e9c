import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { bumpCatalog } from "#server/store/catalog/bump-catalog.ts";
import { lockCatalog } from "#server/store/catalog/lock-catalog.ts";
import type { Engine } from "../engine.ts";

/** What an edit came to; `changed` false leaves every cache alone. */
export interface CatalogEdit<Result> {
  result: Result;
  changed: boolean;
}

/** A load that began before the commit may still be shared once; it cannot be so for ever. */
const maxReloads = 3;

/**
 * Run an edit of definitions, queues, policies, rules or settings in one transaction, one edit at a time, and move
 * the catalogue's version when it changed something. This process sees the edit when the call returns, the others
 * by NOTIFY or within a second.
 */
export async function editCatalog<Result>(
  engine: Engine,
  edit: (transaction: Queryable) => Promise<CatalogEdit<Result>>,
): Promise<Result> {
  const { result, version } = await inTransaction(engine.pool, async (transaction) => {
    const before = await lockCatalog(transaction);
    const outcome = await edit(transaction);
    if (outcome.changed) await bumpCatalog(transaction);
    return { result: outcome.result, version: outcome.changed ? before + 1n : before };
  });
  await catchUp(engine, version);
  return result;
}

async function catchUp(engine: Engine, version: bigint): Promise<void> {
  try {
    for (let reload = 1; reload <= maxReloads && BigInt(engine.catalog.current.version) < version; reload++)
      await engine.catalog.reload();
  } catch (error) {
    // The edit is committed whatever happens to this read; the cache asks again each second.
    engine.log.warn({ error: String(error) }, "reading the catalogue after an edit failed; trying again");
  }
}
