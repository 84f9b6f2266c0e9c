import { openPool } from "#db/client.ts";
import { assertSchema, knownMigrations } from "#db/migrate.ts";
import { maskDatabaseUrl } from "#server/system/mask-database-url.ts";
import type { Command } from "../command-line/command.ts";
import { withDatabase } from "../database/with-database.ts";
import { checkJobs, type JobsReport } from "../doctor/check-jobs.ts";
import { checkMachine } from "../doctor/check-machine.ts";
import { checkServer } from "../doctor/check-server.ts";
import { checkUpkeep } from "../doctor/check-upkeep.ts";
import type { Finding } from "../doctor/finding.ts";

/** Counting millions takes a while, and nobody waits for the doctor but the one who asked. */
const statementTimeoutMs = 300_000;
const marks = { ok: "✓", warning: "!", broken: "✗" };

export const doctor: Command = {
  usage: "doctor",
  positionals: { least: 0, most: 0 },
  options: {},
  async run(call) {
    const findings = checkMachine(call.settings);
    let jobs: JobsReport | null = null;
    try {
      jobs = await withDatabase(call, (url) => checkDatabase(url, findings));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      findings.push({ name: "database", status: "broken", text, fix: "docs/runbooks/database-down.md" });
    }
    const isOk = findings.every(({ status }) => status !== "broken");
    const document = {
      ok: isOk,
      checks: findings,
      counts: jobs?.counts ?? null,
      placement: jobs?.placement ?? null,
    };
    call.output.result(document, () => findings.flatMap(describe));
    return isOk ? 0 : 1;
  },
};

async function checkDatabase(url: string, findings: Finding[]): Promise<JobsReport> {
  await assertSchema(url);
  findings.push(
    { name: "database", status: "ok", text: maskDatabaseUrl(url), fix: null },
    { name: "schema", status: "ok", text: `version ${knownMigrations().at(-1)?.version}`, fix: null },
  );
  const pool = openPool({
    connectionString: url,
    max: 1,
    applicationName: "signalbox doctor",
    statementTimeoutMs,
  });
  try {
    findings.push(...(await checkServer(pool)));
    const jobs = await checkJobs(pool);
    findings.push(...(await checkUpkeep(pool, jobs.counts)), ...jobs.findings);
    return jobs;
  } finally {
    await pool.end();
  }
}

function describe({ name, status, text, fix }: Finding): string[] {
  return [
    `${marks[status]} ${name.padEnd(18)} ${text}`,
    ...(fix === null ? [] : [`  ${" ".repeat(18)} → ${fix}`]),
  ];
}
