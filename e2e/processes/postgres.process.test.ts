import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { expect, inject, onTestFinished, test } from "vitest";
import { openClient, openPool } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { knownMigrations, migrate } from "#db/migrate.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { embeddedPostgres } from "../testing/embedded-postgres.ts";
import { probeJobs } from "../testing/job-probe.ts";
import { timed } from "../testing/modules/held-jobs.ts";
import { startProgram } from "../testing/start-program.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { until } from "../testing/until.ts";

const newest = knownMigrations().at(-1)?.version ?? 0;
const { url, pool } = await testDatabase();

test("Postgres killed in the middle of a batch: no process exits, all reconnect, no job is lost", async () => {
  const directory = temporaryDirectory();
  const postgres = await embeddedPostgres(directory);
  await migrate(postgres.url);
  const own = openPool({ connectionString: postgres.url, max: 3, applicationName: "e2e" });
  onTestFinished(() => own.end());
  const { submit, completed } = probeJobs({ url: postgres.url, pool: own });
  const environment = { DATABASE_URL: postgres.url, LEASE_MS: "2000", LOG_LEVEL: "info" };
  const dispatcher = startProgram(["dispatcher"], environment);
  const worker = startProgram(
    ["worker", "e2e/testing/modules/held-jobs.ts", "--concurrency", "20"],
    environment,
  );
  await Promise.all([dispatcher.says("the dispatcher runs"), worker.says("the worker runs")]);

  const batch = (from: number) =>
    submit(Array.from({ length: 300 }, (_, n) => ({ definition: timed, payload: { n: from + n, ms: 100 } })));
  const before = await batch(0);
  await until("a third is done", async () => (await completed(before)) >= 100);
  process.kill(postgres.pid, "SIGKILL");
  await startEmbedded(directory, { port: Number(new URL(postgres.url).port) });
  const after = await until("the next submit is taken", () => batch(300).catch(() => null));
  await until("all are completed", async () => (await completed([...before, ...after])) === 600, 40_000);

  expect([dispatcher.exitCode(), worker.exitCode()]).toEqual([null, null]);
  const doctor = startProgram(["doctor", "--json"], environment);
  await doctor.exited();
  const report = JSON.parse(doctor.stdout());
  expect(report.counts).toMatchObject({ submitted: 600, completed: 600, placed: 600 });
  expect(report.placement).toMatchObject({ exact: true, misplaced: [] });
  for (const each of [worker, dispatcher]) {
    each.signal("SIGTERM");
    expect(await each.exited()).toBe(0);
  }
});

test("a stale postmaster.pid, of a Postgres that was killed or of a program that has its number now, is no obstacle", async () => {
  const directory = temporaryDirectory();
  const postgres = await embeddedPostgres(directory);
  process.kill(postgres.pid, "SIGKILL");
  const killed = startProgram(["migrate"], { DATA_DIR: directory });
  expect(await killed.exited()).toBe(0);

  const pidFile = path.join(directory, "pg18", "postmaster.pid");
  writeFileSync(pidFile, `${process.pid}\n${directory}/pg18\n1\n1\n\n127.0.0.1\n`);
  const mistaken = startProgram(["migrate"], { DATA_DIR: directory });
  expect(await mistaken.exited()).toBe(0);
});

test("two that migrate an empty database together apply each migration once", async () => {
  const name = `signalbox_empty_${process.pid}`;
  const admin = openClient(inject("serverUrl"), "e2e");
  await admin.connect();
  await admin.query(`create database ${name}`);
  onTestFinished(async () => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  const empty = new URL(inject("serverUrl"));
  empty.pathname = `/${name}`;
  const both = [1, 2].map(() => startProgram(["migrate", "--json"], { DATABASE_URL: empty.href }));
  expect(await Promise.all(both.map((each) => each.exited()))).toEqual([0, 0]);
  const applied = both.flatMap((each) => JSON.parse(each.stdout()).applied as number[]);
  expect(applied.sort((a, b) => a - b)).toEqual(knownMigrations().map(({ version }) => version));
});

test.each([["migrate"], ["dispatcher"], ["worker", "e2e/testing/modules/held-jobs.ts"], ["jobs", "list"]])(
  "%s refuses a database that a newer version has migrated, and says what to do",
  async (...words) => {
    await pool.query(
      "insert into signalbox.migrations (version, name, checksum) values (9999, 'future', '') on conflict do nothing",
    );
    const older = startProgram(words, { DATABASE_URL: url });
    expect(await older.exited()).toBe(1);
    expect(older.output()).toContain(
      `the database is at schema 9999 (future), this Signalbox knows up to ${newest}`,
    );
    expect(older.output()).toContain("start the newer Signalbox");
  },
);
