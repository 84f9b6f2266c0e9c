import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insertOutcomes, type OutcomeRow } from "#server/store/dependencies/insert-outcomes.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { forceBreaker } from "../dependencies/force-breaker.ts";
import { testEngine } from "../testing/test-engine.ts";
import { BreakerKeeper } from "./breaker-keeper.ts";

const { engine, define, submit, worker, value } = await testEngine();
const owner = "7";

afterEach(() => vi.restoreAllMocks());

beforeEach(async () => {
  for (const table of [
    "duties",
    "breakers",
    "dependency_buckets",
    "dependency_outcomes",
    "automation_events",
    "ready",
  ])
    await engine.pool.query(`delete from signalbox.${table}`);
  await define("calls-mail", { dependencies: ["mail"] });
  await engine.flow.check();
});

async function held(name = "breakers", by = owner) {
  const epoch = await takeDuty(engine.pool, name, by, 10_000);
  return { name, owner: by, epoch: epoch ?? "0" };
}

/** What processes reported just now. */
async function report(counts: Partial<OutcomeRow>): Promise<void> {
  const dependencyId = engine.catalog.current.dependencies.get("mail")?.id ?? 0;
  const zero = { succeeded: 0, failed: 0, refused: 0, slow: 0, overdue: 0, firstStarts: 0, retryStarts: 0 };
  const atMs = Math.floor(engine.clock.nowMs());
  const row = { atMs, dependencyId, ...zero, durationMsSum: 0, inFlight: 0, durations: null, ...counts };
  await insertOutcomes(engine.pool, 1, [row]);
}

const state = () => value("select state from signalbox.breakers");

test("a dependency that only fails is held back within a tick, and the feed says why", async () => {
  const keeper = new BreakerKeeper(engine);
  await report({ failed: 40, firstStarts: 40, durationMsSum: 400 });
  await keeper.tick(await held());
  expect(await state()).toBe("open");
  expect(await value("select kind from signalbox.automation_events")).toBe("breaker-opened");
  expect(String(await value("select cause from signalbox.automation_events"))).toMatch(/40 of 40|40 calls/);
  await submit({ definition: "calls-mail" });
  await engine.flow.check();
  const { claim } = await worker();
  expect(await claim(5)).toEqual([]);
});

test("failures that are not the dependency's open nothing", async () => {
  const keeper = new BreakerKeeper(engine);
  await report({ succeeded: 40, firstStarts: 40, durationMsSum: 400 });
  await keeper.tick(await held());
  expect(await state()).not.toBe("open");
});

test("each report is judged once, also when it is committed after a later one", async () => {
  const keeper = new BreakerKeeper(engine);
  await keeper.tick(await held());
  const late = await engine.pool.connect();
  await late.query("begin");
  const { rows } = await late.query(
    "select nextval(pg_get_serial_sequence('signalbox.dependency_outcomes', 'id')) as id",
  );
  await report({ succeeded: 1, firstStarts: 1, durationMsSum: 10 });
  await keeper.tick(await held());
  await late.query({
    text: `insert into signalbox.dependency_outcomes (id, at_ms, source, dependency_id, succeeded, failed, refused, slow, overdue,
        first_starts, retry_starts, duration_ms_sum, in_flight)
      overriding system value select $1, signalbox.now_ms(), 2, id, 0, 60, 0, 0, 0, 60, 0, 600, 0
      from signalbox.dependencies where name = 'mail'`,
    values: [rows[0]?.id],
  });
  await late.query("commit");
  late.release();
  await keeper.tick(await held());
  expect(await state()).toBe("open");
});

test("whoever takes over goes on from what was written; who lost the duty writes nothing", async () => {
  const first = new BreakerKeeper(engine);
  const duty = await held();
  await report({ failed: 40, firstStarts: 40, durationMsSum: 400 });
  await first.tick(duty);
  expect(await state()).toBe("open");
  await engine.pool.query("update signalbox.duties set until = clock_timestamp() - interval '1 s'");
  const second = new BreakerKeeper(engine);
  const taken = await held("breakers", "8");
  await second.tick(taken);
  expect(await state()).toMatch(/open|half-open/);
  const before = await value("select count(*)::int from signalbox.automation_events");
  await report({ succeeded: 500, firstStarts: 500, durationMsSum: 5_000 });
  expect(await first.tick(duty)).toBe(false);
  expect(await value("select count(*)::int from signalbox.automation_events")).toBe(before);
});

test("an operator's word stands above the policy", async () => {
  const keeper = new BreakerKeeper(engine);
  await keeper.tick(await held());
  await engine.pool.query(`insert into signalbox.breakers (dependency_id, state, since_ms, forced, forced_by)
    select id, 'closed', signalbox.now_ms(), 'closed', 'ada' from signalbox.dependencies where name = 'mail'
    on conflict (dependency_id) do update set forced = 'closed', forced_by = 'ada'`);
  await report({ failed: 100, firstStarts: 100, durationMsSum: 1_000 });
  await keeper.tick(await held());
  await engine.flow.check();
  await submit({ definition: "calls-mail" });
  const { claim } = await worker();
  expect(await claim(5)).toHaveLength(1);
  expect(await value("select forced_by from signalbox.breakers")).toBe("ada");
});

test("while a third of the calls fail the delays of retries grow, and the feed says why", async () => {
  const keeper = new BreakerKeeper(engine);
  const duty = await held();
  const startMs = engine.clock.nowMs();
  const clock = vi.spyOn(engine.clock, "nowMs");
  for (let second = 0; second < 30; second++) {
    clock.mockReturnValue(startMs + second * 1_000);
    await report({ succeeded: 20, failed: 10, firstStarts: 30, durationMsSum: 300 });
    await keeper.tick(duty);
  }
  await engine.flow.check();
  expect(engine.flow.gates.get("mail")?.multiplier).toBeGreaterThan(1);
  const kinds = "select count(*)::int from signalbox.automation_events where kind = 'backoff-stretched'";
  expect(await value(kinds)).toBeGreaterThan(0);
});

test("a word that was given for a time ends with it: the policy decides again, and the feed says so", async () => {
  const keeper = new BreakerKeeper(engine);
  const word = { name: "mail", reason: "maintenance", actor: "ada" };
  await forceBreaker(engine, { ...word, forced: "open", forMs: 60_000 });
  const id = await submit({ definition: "calls-mail" });
  const { claim } = await worker();
  await keeper.tick(await held());
  expect(await claim(5)).toEqual([]);
  expect(await value("select count(*) from signalbox.automation_events")).toBe("0");
  const wake = vi.spyOn(engine.wake, "send");

  await engine.pool.query("update signalbox.breakers set forced_until_ms = signalbox.now_ms() - 1");
  await keeper.tick(await held());
  expect(await value("select forced from signalbox.breakers")).toBeNull();
  expect(await value("select kind || ': ' || cause from signalbox.automation_events")).toBe(
    "breaker-force-ended: the time is over for which ada had forced it open: maintenance",
  );
  expect(wake).toHaveBeenCalled();
  // What was forced open is probed first: by this job.
  await engine.flow.check();
  expect((await claim(5)).map((job) => job.id)).toEqual([id]);
});

test("who speaks again before the time is over is heard: the later word counts", async () => {
  const keeper = new BreakerKeeper(engine);
  const word = { name: "mail", reason: "maintenance", actor: "ada", forced: "open" as const };
  await forceBreaker(engine, { ...word, forMs: 60_000 });
  expect((await forceBreaker(engine, { ...word, forMs: null })).changed).toBe(true);
  expect(await value("select forced_until_ms from signalbox.breakers")).toBeNull();
  expect((await forceBreaker(engine, { ...word, forMs: null })).changed).toBe(false);
  await keeper.tick(await held());
  expect(await value("select forced from signalbox.breakers")).toBe("open");
});
