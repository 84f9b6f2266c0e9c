import type { Queryable } from "#db/client.ts";

/** What of the server itself decides whether Signalbox can keep its promises. */
export interface ServerFacts {
  versionNumber: number;
  /** Settings that must be `on`, as they are. */
  fsync: string;
  fullPageWrites: string;
  synchronousCommit: string;
  nowMs: number;
  maxConnections: number;
  connections: number;
}

/** Version, durability settings, time and connections of the server. */
export async function readServerFacts(db: Queryable): Promise<ServerFacts> {
  // Our own connections may have synchronous_commit off; what counts is the server's own setting.
  const { rows } = await db.query({
    text: `select current_setting('server_version_num')::int as "versionNumber", current_setting('fsync') as fsync,
        current_setting('full_page_writes') as "fullPageWrites",
        (select reset_val from pg_settings where name = 'synchronous_commit') as "synchronousCommit",
        signalbox.now_ms()::float8 as "nowMs", current_setting('max_connections')::int as "maxConnections",
        (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections`,
  });
  return rows[0] as ServerFacts;
}
