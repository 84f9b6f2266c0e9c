import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { probeJobs } from "../testing/job-probe.ts";
import { timed } from "../testing/modules/held-jobs.ts";
import { startProgram } from "../testing/start-program.ts";

const database = await testDatabase();
const { submit } = probeJobs(database);
const environment = { DATABASE_URL: database.url };

/** Runs the CLI to its end. */
async function run(words: string[], settings: Record<string, string> = environment) {
  const program = startProgram(words, settings);
  const code = await program.exited();
  return { code, output: program.output(), stdout: program.stdout() };
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("what goes wrong at the start is one clear line and exit code 1", () => {
  test("a port in use, with the port and how to choose another", async () => {
    const port = await takenPort();
    const { code, output } = await run(["up", "--port", String(port)]);
    expect(code).toBe(1);
    expect(output).toBe(`port ${port} is in use: choose another with --port N or PORT`);
  });

  test("a database that does not answer, without its password", async () => {
    const address = `127.0.0.1:${await freePort()}`;
    for (const words of [
      ["up", "--port", String(await freePort())],
      ["dispatcher"],
      ["migrate"],
      ["jobs", "list"],
    ]) {
      const { code, output } = await run(words, { DATABASE_URL: `postgres://anna:hunter2@${address}/jobs` });
      expect(code).toBe(1);
      expect(output).toContain(
        `cannot use the database at postgres://anna:***@${address}/jobs: nothing listens there`,
      );
      expect(output).not.toContain("hunter2");
      expect(output.split("\n")).toHaveLength(1);
    }
  });

  test("a wrong setting, with its value and what is allowed", async () => {
    const { code, output } = await run(["dispatcher"], { ...environment, LEASE_MS: "fast" });
    expect(code).toBe(1);
    expect(output).toBe(
      'wrong setting: LEASE_MS is "fast"; allowed is a whole number from 1500 to 600000 (ms)',
    );
  });

  test("a Node that is too old", async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.19.0'})";
    const old = startProgram(["up"], environment, { node: ["--import", pretend] });
    expect(await old.exited()).toBe(1);
    expect(old.output()).toContain("signalbox needs Node 22.18 or newer, this is 20.19.0");
  });

  test.each([
    ["nowhere.ts", "there is no worker module"],
    ["throws-on-load.ts", "TypeError: the settings of the mail server are missing"],
    ["exports-nothing.ts", "exports no jobs: export const jobs"],
    ["same-name-twice.ts", "two of the jobs are named timed"],
  ])("the worker module %s", async (file, words) => {
    const { code, output } = await run(["worker", `e2e/testing/modules/${file}`]);
    expect(code).toBe(1);
    expect(output).toContain(file);
    expect(output).toContain(words);
  });
});

describe("wrong usage is exit code 2 with the usage", () => {
  test.each([
    [["dance"], 'there is no command "dance"', "usage: signalbox <command>"],
    [["jobs", "list", "--limit", "1000"], "--limit is", "usage: signalbox jobs list"],
  ])("%j", async (words, message, usage) => {
    const { code, output } = await run(words);
    expect(code).toBe(2);
    expect(output).toContain(message);
    expect(output).toContain(usage);
  });
});

describe("with --json each command writes one document", () => {
  test("a job from submit to cancel", async () => {
    await submit([{ definition: timed, payload: { n: 0, ms: 0 } }]);
    const json = async (...words: string[]) => {
      const { code, stdout } = await run([...words, "--json"]);
      return { code, document: JSON.parse(stdout) };
    };
    const payload = JSON.stringify({ n: 7, ms: 5 });
    const words = [
      "enqueue",
      "timed",
      "--payload",
      payload,
      "--idempotency-key",
      "seven",
      "--tag",
      "a",
      "--tag",
      "b",
    ];
    const first = await json(...words);
    expect(first.code).toBe(0);
    expect(first.document.job).toMatchObject({
      definition: "timed",
      payload: { n: 7, ms: 5 },
      tags: ["a", "b"],
      state: "available",
    });
    const { id } = first.document.job;
    expect((await json(...words)).document).toMatchObject({ job: { id }, deduplicated: true });
    expect((await json("jobs", "list", "--tag", "a")).document).toMatchObject({
      jobs: [{ id }],
      nextCursor: null,
    });
    expect((await json("jobs", "cancel", id, "--reason", "no need")).document.job.state).toBe("cancelled");
    const shown = (await json("jobs", "show", id)).document.job;
    expect(shown.events.at(-1)).toMatchObject({ kind: "cancelled", actor: "local", because: ["no need"] });
    expect(await json("jobs", "cancel", id)).toMatchObject({
      code: 1,
      document: { error: { code: "invalid_state" } },
    });
    expect((await json("jobs", "retry", id)).document.job.state).toBe("available");
    expect(await json("jobs", "show", "12")).toMatchObject({
      code: 1,
      document: { error: { code: "not_found" } },
    });
    expect(await json("jobs", "list", "--cursor", "x")).toMatchObject({
      code: 1,
      document: { error: { code: "bad_cursor" } },
    });
    const refused = await json("enqueue", "timed", "--payload", '{"n":"one","ms":1}');
    expect(refused.document.error.errors[0].path).toBe("/payload/n");
  });

  test("a token is shown once, listed without itself, and revoked", async () => {
    const made = JSON.parse(
      (await run(["token", "create", "--name", "ci", "--scope", "producer", "--json"])).stdout,
    );
    expect(made).toMatchObject({
      name: "ci",
      scope: "producer",
      token: expect.stringMatching(/^sbx_producer_/),
    });
    const listed = (await run(["token", "list", "--json"])).stdout;
    expect(listed).not.toContain(made.token);
    expect((await run(["token", "revoke", made.id])).code).toBe(0);
    const [token] = JSON.parse((await run(["token", "list", "--json"])).stdout).tokens;
    expect(token).toMatchObject({ id: made.id, revokedAt: expect.any(String) });
  });

  test("the doctor finds what is broken: a job in no place, and one in two", async () => {
    const [lost, twice] = await submit([1, 2].map((n) => ({ definition: timed, payload: { n, ms: 0 } })));
    await database.pool.query("delete from signalbox.ready where id = $1", [lost]);
    await database.pool.query(
      "insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt) values ($1, 1, 2, 3, 1)",
      [twice],
    );
    const { code, stdout } = await run(["doctor", "--json"]);
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report.placement.misplaced).toEqual([
      { id: twice, placements: ["completed", "ready"] },
      { id: lost, placements: [] },
    ]);
    expect(report.checks.find((check: { name: string }) => check.name === "one place a job").status).toBe(
      "broken",
    );
    await database.pool.query("delete from signalbox.completed where id = $1", [twice]);
    const { stdout: uneven } = await run(["doctor", "--json"]);
    expect(
      JSON.parse(uneven).checks.find((check: { name: string }) => check.name === "jobs add up").status,
    ).toBe("broken");
  });
});
