import { beforeEach, expect, test } from "vitest";
import { sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test: given, api, reader } = await testCaller();
const { engine, define, submit } = given;

beforeEach(async () => {
  for (const table of ["ready", "scheduled", "breakers", "dependency_buckets", "depth_samples", "workers"])
    await engine.pool.query(`delete from signalbox.${table}`);
  await engine.pool.query(`insert into signalbox.workers (id, pool, definitions, concurrency, transport, host, heartbeat_ms)
    values (1, 'default', '{calls-mail,plain}', 10, 'postgres', 'here', 600000)`);
});

/** What the page of queue q and the list of queues say, after a fresh count. */
async function told() {
  await sampleDepth(engine.pool);
  await engine.flow.check();
  reader.forget();
  const { reasons } = await api.queues.get({ name: "q" });
  const board = await reader.read();
  return { reasons, onBoard: board.reasons.q };
}

/** Hold dependency mail, with so many tokens if any. */
async function hold(state: string, tokens?: number): Promise<void> {
  await engine.pool.query({
    text: `insert into signalbox.breakers (dependency_id, state, since_ms, rate_per_second)
      select id, $1, signalbox.now_ms(), 5 from signalbox.dependencies where name = 'mail'`,
    values: [state],
  });
  if (tokens !== undefined)
    await engine.pool.query({
      text: `insert into signalbox.dependency_buckets
        select id, 10, 86400000, $1::bigint * 86400000, signalbox.now_ms() from signalbox.dependencies where name = 'mail'`,
      values: [tokens],
    });
}

test("a queue says how many of its jobs wait for which breaker, for their time, and for their turn", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  await define("plain");
  for (let n = 0; n < 3; n++) await submit({ definition: "calls-mail" });
  await submit({ definition: "plain" });
  await submit({ definition: "plain", runAtMs: engine.clock.nowMs() + 600_000 });
  await hold("open");
  const { reasons, onBoard } = await told();
  expect(reasons).toMatchObject([
    { kind: "breaker-open", of: "mail", jobs: 3, exactness: "exact", definitions: ["calls-mail"] },
    expect.objectContaining({ jobs: 1, definitions: ["plain"] }),
    expect.objectContaining({ jobs: 1, definitions: ["plain"] }),
  ]);
  expect(reasons.map(({ kind }) => kind).sort()).toEqual(["breaker-open", "due-later", "in-line"]);
  expect(onBoard?.[0]).toEqual({ kind: "breaker-open", of: "mail", jobs: 3 });
});

test("what a dependency lets through holds jobs only while its tokens are spent, and each job's page agrees", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  const id = await submit({ definition: "calls-mail" });
  const binding = async () => (await api.jobs.get({ id })).job.waitingReasons[0]?.kind;
  await hold("recovering", 0);
  expect((await told()).reasons).toMatchObject([{ kind: "breaker-open", of: "mail", jobs: 1 }]);
  expect(await binding()).toBe("breaker-open");
  await engine.pool.query("update signalbox.dependency_buckets set level = 3 * 86400000");
  await engine.pool.query("delete from signalbox.depth_samples");
  expect((await told()).reasons).toMatchObject([{ kind: "in-line", of: null, jobs: 1 }]);
  expect(await binding()).toBe("in-line");
});

test("a queue in which nothing waits says nothing", async () => {
  expect(await told()).toEqual({ reasons: [], onBoard: undefined });
});
