import { beforeEach, expect, test } from "vitest";
import { findJob } from "#server/store/jobs/find-job.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { undoAutomation } from "../automation/undo-automation.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { fallbackKit } from "../testing/fallback-kit.ts";
import { testEngine } from "../testing/test-engine.ts";

const engineOfTest = await testEngine();
const { engine, define, submit, value } = engineOfTest;
const { serving, hold, fallBack, linesOf, waiting } = fallbackKit(engineOfTest);
const { failure, placements } = attemptKit(engineOfTest);
const amount = { type: "object", required: ["amount"], properties: { amount: { type: "number" } } };

beforeEach(async () => {
  for (const table of ["breakers", "ready", "fallbacks", "diversions", "automation_events", "workers"])
    await engine.pool.query(`delete from signalbox.${table}`);
  await engine.flow.check();
  await define("backup", { inputSchema: amount });
  await define("charge", { dependencies: ["bank"], fallback: { definition: "backup" } });
});

const charge = (payload: unknown = { amount: 1 }, more = {}) =>
  submit({ definition: "charge", payload, ...more });

async function charges(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await charge({ amount: i }));
  return ids;
}

async function fallback(): Promise<Record<string, unknown>> {
  const { rows } = await engine.pool.query("select * from signalbox.fallbacks");
  return rows[0] as Record<string, unknown>;
}

async function event(): Promise<{ id: number; cause: string; figures: Record<string, unknown> } | undefined> {
  const { rows } = await engine.pool.query(
    "select id::float8 as id, cause, figures from signalbox.automation_events order by id desc limit 1",
  );
  return rows[0];
}

test("while an operator holds the breaker open, what waits runs as the alternate, as it was submitted", async () => {
  const alternate = await serving(["backup", "charge"]);
  const id = await charge({ amount: 7 }, { priority: "high" });
  const runAtMs = await value("select run_at_ms from signalbox.ready where id = $1", [id]);
  await hold("bank", "closed", "open");
  await fallBack();
  expect(await linesOf(id)).toEqual(["backup"]);
  expect(await value("select run_at_ms from signalbox.ready where id = $1", [id])).toBe(runAtMs);
  const [job] = await alternate.claim(10);
  expect(job).toMatchObject({ id, attempt: 1, failures: 0, rank: 1 });
  expect(job?.definition.name).toBe("backup");
  expect(job?.definitionVersion).toBe(engine.catalog.current.definitions.get("backup")?.version);
  expect(JSON.parse(job?.payload ?? "")).toEqual({ amount: 7 });
});

test("the job's course and the feed say where it went and why", async () => {
  await serving(["backup", "charge"]);
  const id = await charge();
  await hold("bank", "open", "open");
  await fallBack();
  const detail = await findJob(engine.pool, id, engine.catalog.current.priority);
  expect(detail?.job).toMatchObject({ definition: "backup", state: "available", attempt: 0 });
  expect(detail?.events.at(-1)).toMatchObject({
    kind: "diverted",
    because: ["diverted to backup because the breaker of bank is open"],
    data: { definition: "backup", before: "charge", dependency: "bank" },
  });
  expect(await event()).toMatchObject({
    cause: "1 job of charge went to backup while the breaker of bank is open",
    figures: { diverted: 1, unfit: 0 },
  });
});

test("a hold has one entry on the feed, whose figures grow with it", async () => {
  await serving(["backup", "charge"]);
  await hold("bank", "open", "open");
  await charges(3);
  await fallBack();
  await charges(2);
  await fallBack();
  expect(Number(await value("select count(*) from signalbox.automation_events"))).toBe(1);
  expect((await event())?.figures).toMatchObject({ diverted: 5 });
});

test("what does not fit the alternate stays held, is counted once, and keeps nobody behind it", async () => {
  await serving(["backup", "charge"]);
  const unfit = await charge({ nothing: true });
  await charges(3);
  await hold("bank", "open", "open");
  await fallBack();
  await fallBack();
  expect(await linesOf(unfit)).toEqual(["charge"]);
  const detail = await findJob(engine.pool, unfit, engine.catalog.current.priority);
  expect(detail?.waitingReasons[0]?.text).toMatch(
    /; no fallback fits because its payload does not fit backup$/,
  );
  expect(await waiting("backup")).toBe(3);
  expect(await fallback()).toMatchObject({ diverted: 3, unfit: 1, bar: null });
  const fits = await charge();
  await fallBack();
  expect(await linesOf(fits)).toEqual(["backup"]);
  expect(await fallback()).toMatchObject({ diverted: 4, unfit: 1 });
});

test("a breaker that probes by itself keeps its last ten jobs", async () => {
  const some = await serving(["backup", "charge"]);
  const ids = await charges(13);
  await hold("bank", "half-open");
  await fallBack();
  expect(await waiting("charge")).toBe(10);
  expect(await linesOf(ids[2] ?? "")).toEqual(["backup"]);
  expect(await linesOf(ids[3] ?? "")).toEqual(["charge"]);
  expect((await fallback()).bar).toBe("the last 10 that wait are kept for trying bank again");
  expect((await some.claim(20)).filter(({ definition }) => definition.name === "backup")).toHaveLength(3);
});

test("when the dependency recovers the rest runs as it always did, and what was diverted by the alternate", async () => {
  const both = await serving(["backup", "charge"]);
  const ids = await charges(12);
  await hold("bank", "open");
  await fallBack();
  await hold("bank", "closed");
  await charges(1);
  await fallBack();
  expect(await waiting("charge")).toBe(11);
  expect(await fallback()).toMatchObject({ ended_ms: expect.any(String), diverted: 2 });
  const claimed = await both.claim(20);
  expect(claimed).toHaveLength(13);
  expect(claimed.filter(({ definition }) => definition.name === "backup").map(({ id }) => id)).toEqual(
    ids.slice(0, 2),
  );
});

test("taking it back brings home what still waits, in line or for a retry, and leaves the rest of the hold alone", async () => {
  const alternate = await serving(["backup", "charge"]);
  const [ran, failed, waits] = await charges(3);
  await hold("bank", "open", "open");
  await fallBack();
  const [first, second] = await alternate.claim(2);
  if (!first || !second) throw new Error("nothing was claimed");
  await endAttempts(engine, alternate.id, [failure(alternate, second)], []);
  const told = await event();
  await undoAutomation(engine, { eventId: told?.id ?? 0, reason: "the backup is too dear", actor: "ada" });
  expect(first.id).toBe(ran);
  expect(await linesOf(waits ?? "")).toEqual(["charge"]);
  expect(await placements(failed ?? "")).toEqual(["scheduled"]);
  const home = await findJob(engine.pool, failed ?? "", engine.catalog.current.priority);
  expect(home?.job).toMatchObject({ definition: "charge", state: "retryable", attempt: 1, failures: 1 });
  await charges(1);
  await fallBack();
  expect(await waiting("backup")).toBe(0);
  expect(await waiting("charge")).toBe(2);
  expect(
    await value(
      "select after->>'broughtBack' from signalbox.audit_entries where action = 'definition.bring-back'",
    ),
  ).toBe("2");
});

test("the next hold diverts again after one was taken back", async () => {
  await serving(["backup", "charge"]);
  await charges(1);
  await hold("bank", "open", "open");
  await fallBack();
  await undoAutomation(engine, { eventId: (await event())?.id ?? 0, reason: "no", actor: "ada" });
  await hold("bank", "closed");
  await fallBack();
  await hold("bank", "open", "open");
  await fallBack();
  expect(await waiting("backup")).toBe(1);
});

test("a fallback that is taken out of the definition takes nothing more over, and its hold ends", async () => {
  await serving(["backup", "charge"]);
  await charges(2);
  await hold("bank", "open", "open");
  await define("charge", { dependencies: ["bank"] });
  await fallBack();
  expect(await waiting("charge")).toBe(2);
  await define("charge", { dependencies: ["bank"], fallback: { definition: "backup" } });
  await fallBack();
  await define("charge", { dependencies: ["bank"] });
  await charges(1);
  await fallBack();
  expect(await waiting("charge")).toBe(1);
  expect((await fallback()).ended_ms).not.toBeNull();
});

test.each([
  ["nobody serves it", async () => undefined, "no worker serves backup"],
  [
    "its queue is paused",
    async () => {
      await serving(["backup", "charge"]);
      await engine.pool.query("update signalbox.queues set paused = true where name = 'q'");
      await engine.catalog.reload();
    },
    "the queue q of backup is paused",
  ],
])("nothing is diverted to an alternate when %s, and it says so", async (_, make, bar) => {
  await make();
  const [id] = await charges(1);
  await hold("bank", "open", "open");
  await fallBack();
  await engine.pool.query("update signalbox.queues set paused = false");
  await engine.catalog.reload();
  expect(await linesOf(id ?? "")).toEqual(["charge"]);
  expect((await fallback()).bar).toBe(bar);
});

test("claims and the duty race for the same jobs, and each job is in one place, started once", async () => {
  const claimers = await Promise.all(Array.from({ length: 4 }, () => serving(["backup", "charge"])));
  const ids = await charges(60);
  // The duty has heard of the breaker and these claims have not: as in the moment in which it opens.
  await hold("bank", "open", "open");
  const gateOf = engine.flow.laneGate.bind(engine.flow);
  engine.flow.laneGate = () => "open";
  const [claims] = await Promise.all([Promise.all(claimers.map(({ claim }) => claim(12))), fallBack()]);
  engine.flow.laneGate = gateOf;
  const more = await Promise.all(claimers.map(({ claim }) => claim(60)));
  const started = [...claims.flat(), ...more.flat()].map(({ id }) => id);
  expect(new Set(started).size).toBe(started.length);
  expect([...started].sort()).toEqual([...ids].sort());
});

test("a duty that was lost diverts nothing", async () => {
  await serving(["backup", "charge"]);
  const [id] = await charges(1);
  await hold("bank", "open", "open");
  await fallBack();
  await define("backup", { inputSchema: amount, description: "again" });
  const late = await charge();
  await engine.pool.query("update signalbox.duties set epoch = epoch + 1 where name = 'fallbacks'");
  await fallBack();
  await engine.pool.query("update signalbox.duties set epoch = epoch - 1 where name = 'fallbacks'");
  expect(await linesOf(id ?? "")).toEqual(["backup"]);
  expect(await linesOf(late)).toEqual(["charge"]);
});
