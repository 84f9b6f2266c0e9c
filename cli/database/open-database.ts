import { existsSync } from "node:fs";
import path from "node:path";
import { SignalboxError } from "#core/error.ts";
import { openClient } from "#db/client.ts";
import { type EmbeddedPostgres, embeddedDirectory, startEmbedded } from "#db/embedded.ts";
import type { Settings } from "#server/system/settings.ts";
import { assertReachable } from "./assert-reachable.ts";

/** The database a command works on. */
export interface OpenDatabase {
  url: string;
  /** Stops the embedded Postgres when this command started it and no other Signalbox process uses it by now. */
  close(): Promise<void>;
}

/**
 * The database of the settings, found as every command does: DATABASE_URL, else the embedded Postgres of DATA_DIR,
 * attached to when it runs and started when not. `create` says whether one may come to be where there was none.
 * Throws `not_ready` with what to do.
 */
export async function openDatabase(
  settings: Settings,
  options: { create: boolean; say: (line: string) => void },
): Promise<OpenDatabase> {
  if (settings.databaseUrl !== null) {
    await assertReachable(settings.databaseUrl);
    return { url: settings.databaseUrl, close: async () => undefined };
  }
  const directory = embeddedDirectory(settings.dataDirectory);
  if (!options.create && !existsSync(path.join(directory, "pg18", "PG_VERSION")))
    throw new SignalboxError(
      "not_ready",
      `there is no Signalbox database in ${directory} yet: run signalbox up, or set DATABASE_URL or DATA_DIR`,
    );
  const postgres = await startEmbedded(directory, { log: options.say });
  return { url: postgres.url, close: () => (postgres.reused ? Promise.resolve() : stopUnlessUsed(postgres)) };
}

async function stopUnlessUsed(postgres: EmbeddedPostgres): Promise<void> {
  if (!(await isUsed(postgres.url))) await postgres.stop();
}

/** Whether other Signalbox processes are connected. Our own connections, just closed, get a second to go. */
async function isUsed(url: string): Promise<boolean> {
  const client = openClient(url, "closing");
  await client.connect();
  try {
    for (let look = 1; ; look++) {
      const { rows } = await client.query<{ used: boolean }>(
        "select exists (select from pg_stat_activity where application_name like 'signalbox%') as used",
      );
      if (rows[0]?.used !== true || look === 10) return rows[0]?.used === true;
      await client.query("select pg_sleep(0.1)");
    }
  } finally {
    await client.end();
  }
}
