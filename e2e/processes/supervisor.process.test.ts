import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { openPool } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { isAlive } from "../testing/is-alive.ts";
import { probeJobs } from "../testing/job-probe.ts";
import { timed } from "../testing/modules/held-jobs.ts";
import { type Program, startProgram } from "../testing/start-program.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { until } from "../testing/until.ts";

interface Supervised {
  program: Program;
  url: string;
  /** Process ids by name, as they are now. */
  children(): Map<string, number>;
}

async function startSupervisor(directory: string): Promise<Supervised> {
  const program = startProgram([directory], {}, { file: "e2e/testing/supervised.ts" });
  onTestFinished(async () => {
    if (existsSync(path.join(directory, "pg18", "postmaster.pid")))
      await (await startEmbedded(directory)).stop();
  });
  await program.says("ready postgres://", 60_000);
  const url = /ready (postgres:\S+)/.exec(program.stdout())?.[1] ?? "";
  const children = () => {
    const listing = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(program.pid)], {
      encoding: "utf8",
    });
    const found = [...listing.matchAll(/^\s*(\d+) .*signalbox\.mjs (\w+)/gm)];
    return new Map(found.map(([, pid, name]) => [name ?? "", Number(pid)]));
  };
  return { program, url, children };
}

test("the supervisor starts killed parts again, Postgres too, and SIGTERM ends all of it with exit code 0", async () => {
  const directory = temporaryDirectory();
  const { program, url, children } = await startSupervisor(directory);
  const before = children();
  expect([...before.keys()].sort()).toEqual(["dispatcher", "worker"]);
  const own = openPool({ connectionString: url, max: 2, applicationName: "e2e" });
  const { submit, completed } = probeJobs({ url, pool: own });

  process.kill(before.get("worker") ?? 0, "SIGKILL");
  await program.says("worker was ended by SIGKILL: starting it again in 0.5 s");
  const again = await until("another worker", () => {
    const pid = children().get("worker");
    return pid !== undefined && pid !== before.get("worker") && pid;
  });
  await until("it runs", () => program.output().split("the worker runs").length === 3);
  const postgres = await startEmbedded(directory);
  process.kill(postgres.pid, "SIGKILL");
  await program.says("answers again", 30_000);
  const ids = await until("a submit is taken", () =>
    submit([{ definition: timed, payload: { n: 1, ms: 1 } }]).catch(() => null),
  );
  await until("the job completed", async () => (await completed(ids)) === 1, 30_000);
  const after = children();
  expect(after.get("worker")).toBe(again);
  expect(after.get("dispatcher")).toBe(before.get("dispatcher"));
  await own.end();

  program.signal("SIGTERM");
  expect(await program.exited(30_000)).toBe(0);
  for (const pid of after.values()) expect(isAlive(pid)).toBe(false);
  // Postgres, which is not the supervisor's child, takes its pid file away as it goes.
  expect(existsSync(path.join(directory, "pg18", "postmaster.pid"))).toBe(false);
});

test("when the supervisor is killed its children end by themselves, and the next start finds Postgres running", async () => {
  const directory = temporaryDirectory();
  const first = await startSupervisor(directory);
  const orphans = [...first.children().values()];
  expect(orphans).toHaveLength(2);
  first.program.signal("SIGKILL");
  await until("the children are gone", () => !orphans.some(isAlive), 30_000);

  const second = await startSupervisor(directory);
  expect(second.url).toBe(first.url);
  second.program.signal("SIGTERM");
  expect(await second.program.exited(30_000)).toBe(0);
});
