import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { openClient } from "./client.ts";

const directory = path.join(import.meta.dirname, "migrations");
/** Any number, the same in every process: the lock under which migrations are applied. */
const lockKey = 5_119_402_713;

interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The migrations this program knows, in order: `NNNN_name.sql`, never edited once released. */
export function knownMigrations(): Migration[] {
  return readdirSync(directory)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(path.join(directory, file), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      return { version: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, checksum };
    });
}

/**
 * Bring the database at `connectionString` up to date under a lock, so that any number of processes may start
 * together. Each migration is one transaction. Refuses a database that a newer Signalbox has already migrated.
 * Returns the versions applied now.
 */
export async function migrate(connectionString: string): Promise<number[]> {
  const known = knownMigrations();
  const client = openClient(connectionString, "signalbox migrate");
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query("create schema if not exists signalbox");
    await client.query(
      `create table if not exists signalbox.migrations (
         version integer primary key, name text not null, checksum text not null,
         applied_at timestamptz not null default clock_timestamp())`,
    );
    const { rows } = await client.query<{ version: number; name: string }>(
      "select version, name from signalbox.migrations order by version",
    );
    refuseNewer(rows, known);
    const applied: number[] = [];
    for (const migration of known) {
      if (rows.some((row) => row.version === migration.version)) continue;
      await client.query("begin");
      try {
        await client.query("set local search_path = signalbox");
        await client.query(migration.sql);
        await client.query("insert into signalbox.migrations (version, name, checksum) values ($1, $2, $3)", [
          migration.version,
          migration.name,
          migration.checksum,
        ]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback").catch(() => undefined);
        throw error;
      }
      applied.push(migration.version);
    }
    // Today's partitions must be there before the first job; the dispatcher makes the later ones.
    await client.query(
      "select signalbox.ensure_partitions((clock_timestamp() at time zone 'UTC')::date - 1, 4)",
    );
    return applied;
  } finally {
    await client.end();
  }
}

/** Throws when the database carries a migration this program does not know: it belongs to a newer Signalbox. */
function refuseNewer(applied: { version: number; name: string }[], known: Migration[]): void {
  const newest = known.at(-1)?.version ?? 0;
  const newer = applied.find((row) => row.version > newest);
  if (!newer) return;
  throw new Error(
    `the database is at schema ${applied.at(-1)?.version} (${newer.name}), this Signalbox knows up to ${newest}: ` +
      "start the newer Signalbox, or restore a backup from before the upgrade",
  );
}

/** Throws unless the database is at exactly the schema of this program: older asks for `signalbox migrate`. */
export async function assertSchema(connectionString: string): Promise<void> {
  const known = knownMigrations();
  const client = openClient(connectionString, "signalbox schema check");
  await client.connect();
  try {
    const exists = await client.query("select to_regclass('signalbox.migrations') is not null as there");
    if (!exists.rows[0].there)
      throw new Error("the database has no Signalbox schema yet: run `signalbox migrate`");
    const { rows } = await client.query<{ version: number; name: string }>(
      "select version, name from signalbox.migrations order by version",
    );
    refuseNewer(rows, known);
    const missing = known.filter((migration) => !rows.some((row) => row.version === migration.version));
    if (missing.length > 0)
      throw new Error(
        `the database lacks schema ${missing[0]?.version} (${missing[0]?.name}): run \`signalbox migrate\``,
      );
  } finally {
    await client.end();
  }
}
