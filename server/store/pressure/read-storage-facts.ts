import type { StorageFacts } from "#core/pressure/storage-guard.ts";
import type { Queryable } from "#db/client.ts";

// What holds the horizon back: sessions, replication slots, prepared transactions, the oldest first.
const horizon = `select age(h.xmin)::float8 as age, h.holder from (
    select backend_xmin as xmin, 'session ' || pid || coalesce(' of ' || nullif(application_name, ''), '') as holder
      from pg_stat_activity where backend_xmin is not null and pid <> pg_backend_pid()
    union all select backend_xid, 'session ' || pid || coalesce(' of ' || nullif(application_name, ''), '')
      from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
    union all select xmin, 'replication slot ' || slot_name from pg_replication_slots where xmin is not null
    union all select catalog_xmin, 'replication slot ' || slot_name from pg_replication_slots where catalog_xmin is not null
    union all select transaction, 'prepared transaction ' || gid from pg_prepared_xacts) h
  order by 1 desc limit 1`;

/** How large the database and its log are, and how far back its horizon is; null for what the role may not read. */
export async function readStorageFacts(db: Queryable): Promise<StorageFacts> {
  const { rows } = await db.query({
    name: "read-storage-facts",
    text: `select pg_database_size(current_database())::float8 as "databaseBytes",
        has_function_privilege('pg_ls_waldir()', 'execute') as "mayReadWal", h.age as "horizonAge", h.holder as "horizonHolder"
      from (select) one left join (${horizon}) h on true`,
  });
  const { mayReadWal, ...facts } = rows[0] as Omit<StorageFacts, "walBytes"> & { mayReadWal: boolean };
  return { ...facts, walBytes: mayReadWal ? await readWalBytes(db) : null };
}

async function readWalBytes(db: Queryable): Promise<number | null> {
  const { rows } = await db.query({
    name: "read-wal-bytes",
    text: "select sum(size)::float8 as bytes from pg_ls_waldir()",
  });
  return (rows[0] as { bytes: number | null }).bytes;
}
