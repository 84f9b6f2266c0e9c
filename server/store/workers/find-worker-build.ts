import type { Queryable } from "#db/client.ts";

/** Where a worker runs and which version it said it is; null when its registration is no longer kept. */
export async function findWorkerBuild(
  db: Queryable,
  id: string,
): Promise<{ host: string; version: string | null } | null> {
  const { rows } = await db.query({
    name: "find-worker-build",
    text: "select host, version from signalbox.workers where id = $1",
    values: [id],
  });
  return (rows[0] as { host: string; version: string | null } | undefined) ?? null;
}
