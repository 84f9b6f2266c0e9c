import path from "node:path";
import process from "node:process";
import type { ChildSpec } from "#cli/supervisor/managed-child.ts";
import { PostgresKeeper } from "#cli/supervisor/postgres-keeper.ts";
import { supervise } from "#cli/supervisor/supervise.ts";
import { migrate } from "#db/migrate.ts";

/** What `signalbox up` does, with a worker in the console's place: the console would have to be built first. */
const postgres = new PostgresKeeper(process.argv[2] ?? "", (words) =>
  process.stderr.write(`Postgres: ${words}\n`),
);
const { url } = await postgres.start();
await migrate(url);
const program = path.resolve(import.meta.dirname, "../../cli/signalbox.mjs");
const module = path.resolve(import.meta.dirname, "modules/held-jobs.ts");
const child = (name: string, words: string[]): ChildSpec => ({
  name,
  command: [program, ...words],
  environment: { ...process.env, DATABASE_URL: url, LEASE_MS: "2000" },
  saysReady: true,
  stopLimitMs: 16_000,
});
process.exitCode = await supervise({
  children: [child("dispatcher", ["dispatcher"]), child("worker", ["worker", module])],
  postgres,
  onReady: () => process.stdout.write(`ready ${url}\n`),
  writeLine: (line) => process.stderr.write(`${line}\n`),
});
process.exit();
