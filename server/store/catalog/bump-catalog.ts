import type { Queryable } from "#db/client.ts";

/** Say that the catalogue changed: caches reload at commit by NOTIFY, or within a second by the version. */
export async function bumpCatalog(transaction: Queryable): Promise<void> {
  await transaction.query({
    text: "with bump as (update signalbox.catalog set version = version + 1) select pg_notify('signalbox_catalog', '')",
  });
}
