import type { Queryable } from "#db/client.ts";

/** The catalogue's version and the database's now (ms): asked each second by every process, so as cheap as can be. */
export async function readCatalogVersion(db: Queryable): Promise<{ version: string; databaseMs: number }> {
  const { rows } = await db.query({
    name: "read-catalog-version",
    text: "select version, signalbox.now_ms()::float8 as now_ms from signalbox.catalog",
  });
  const row = rows[0] as { version: string; now_ms: number };
  return { version: row.version, databaseMs: row.now_ms };
}
