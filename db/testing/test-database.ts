import { afterAll, inject } from "vitest";
import { openClient, openPool, type Pool } from "../client.ts";

let clones = 0;

export interface TestDatabase {
  url: string;
  pool: Pool;
}

/**
 * A database of this test file's own, cloned from the migrated template and dropped when the file ends.
 * Call at the top of a `.db.test.ts` or `.process.test.ts` file and await it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("serverUrl");
  const name = `signalbox_test_${process.pid}_${++clones}_${performance.now().toFixed(0)}`;
  await onServer(serverUrl, `create database ${name} template ${inject("templateDatabase")}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const pool = openPool({ connectionString: url.href, max: 10, applicationName: "signalbox test" });
  afterAll(async () => {
    await pool.end();
    await onServer(serverUrl, `drop database if exists ${name} with (force)`);
  });
  return { url: url.href, pool };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const admin = openClient(serverUrl, "signalbox test");
  await admin.connect();
  // A clone fails while another one copies the template: wait for the turn instead.
  await admin.query("select pg_advisory_lock(4711)");
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
