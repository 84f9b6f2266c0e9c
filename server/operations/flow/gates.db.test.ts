import { beforeEach, expect, test } from "vitest";
import { testEngine } from "../testing/test-engine.ts";

const { engine, define, submit, worker, value } = await testEngine();

beforeEach(async () => {
  await engine.pool.query("delete from signalbox.breakers");
  await engine.pool.query("delete from signalbox.dependency_buckets");
  await engine.pool.query("delete from signalbox.ready");
  await engine.flow.check();
});

/** Put a dependency into a state, with so many tokens. */
async function hold(dependency: string, state: string, tokens?: number, forced?: string): Promise<void> {
  await engine.pool.query({
    text: `insert into signalbox.breakers (dependency_id, state, since_ms, rate_per_second, forced, forced_by)
      select id, $2, signalbox.now_ms(), 10, $3::text, case when $3::text is not null then 'ada' end
      from signalbox.dependencies where name = $1
      on conflict (dependency_id) do update set state = excluded.state, forced = excluded.forced, forced_by = excluded.forced_by`,
    values: [dependency, state, forced ?? null],
  });
  if (tokens !== undefined)
    await engine.pool.query({
      text: `insert into signalbox.dependency_buckets (dependency_id, count, per_ms, level, at_ms)
        select id, 100, 86400000, $2::bigint * 86400000, signalbox.now_ms() from signalbox.dependencies where name = $1`,
      values: [dependency, tokens],
    });
  await engine.flow.check();
}

test("jobs of an open breaker are not claimed and keep their attempts, and others are", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  await define("calls-nobody");
  await submit({ definition: "calls-mail" });
  await submit({ definition: "calls-nobody" });
  await hold("mail", "open");
  const { claim } = await worker();
  expect((await claim(10)).map(({ definition }) => definition.name)).toEqual(["calls-nobody"]);
  await hold("mail", "closed", 100);
  const [job] = await claim(10);
  expect(job).toMatchObject({ attempt: 1, failures: 0 });
  expect(job?.definition.name).toBe("calls-mail");
});

test("a job that needs several is held by any of them", async () => {
  await define("calls-two", { dependencies: ["mail", "bank"] });
  await submit({ definition: "calls-two" });
  await hold("bank", "open");
  const { claim } = await worker();
  expect(await claim(10)).toEqual([]);
});

test("however many claim at once, no more start than there are probes", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  for (let i = 0; i < 40; i++) await submit({ definition: "calls-mail" });
  await hold("mail", "half-open", 3);
  const claimers = await Promise.all(Array.from({ length: 8 }, () => worker()));
  const claims = await Promise.all(claimers.map(({ claim }) => claim(10)));
  expect(claims.flat()).toHaveLength(3);
  expect(Number(await value("select level / 86400000 from signalbox.dependency_buckets"))).toBe(0);
});

test("a queue's rate and a dependency's probes both hold", async () => {
  await define("calls-mail", { dependencies: ["mail"], queue: "limited" });
  await engine.pool.query("update signalbox.queues set max_running = 2 where name = 'limited'");
  await engine.catalog.reload();
  for (let i = 0; i < 10; i++) await submit({ definition: "calls-mail" });
  await hold("mail", "half-open", 5);
  const { claim } = await worker();
  expect(await claim(10)).toHaveLength(2);
  expect(Number(await value("select level / 86400000 from signalbox.dependency_buckets"))).toBe(3);
  await engine.pool.query("update signalbox.queues set max_running = null where name = 'limited'");
  await engine.catalog.reload();
});

test("forced closed lets everything through, forced open nothing, whatever the policy says", async () => {
  await define("calls-mail", { dependencies: ["mail"], queue: "q" });
  for (let i = 0; i < 4; i++) await submit({ definition: "calls-mail" });
  const { claim } = await worker();
  await hold("mail", "closed", undefined, "open");
  expect(await claim(2)).toEqual([]);
  await hold("mail", "open", undefined, "closed");
  expect(await claim(2)).toHaveLength(2);
});
