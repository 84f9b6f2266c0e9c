import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, it } from "vitest";
import { newBreaker } from "#core/breaker/breaker-state.ts";
import { emptyCounts } from "#core/metric/histogram.ts";
import { recordAutomation } from "#server/operations/automation/record-automation.ts";
import { saveBreaker } from "#server/store/dependencies/save-breaker.ts";
import { sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api, reader } = await testCaller();
const { engine } = test;
await test.define("send-mail", { queue: "mail", dependencies: ["mail-api"] });
await test.define("send-bill", { queue: "billing", dependencies: ["mail-api", "bank-api"] });
await test.define("search", { queue: "search" });
const idOf = (name: string) => engine.catalog.current.dependencies.get(name)?.id ?? 0;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error : null),
  );
const record = (kind: string, objectId: string, objectKind = "dependency") =>
  recordAutomation(engine.pool, {
    kind,
    objectKind,
    objectId,
    cause: `${kind} of ${objectId}`,
    figures: { n: 1 },
  });

beforeAll(async () => {
  for (const definition of ["send-mail", "send-mail", "send-bill", "search"])
    await test.submit({ definition });
  await sampleDepth(engine.pool);
  const nowMs = engine.clock.nowMs();
  const second = Math.floor(nowMs / 1_000);
  const body = {
    ...newBreaker(nowMs),
    phase: "open",
    window: [
      { second: second - 120, succeeded: 900, failed: 0, refused: 0, slow: 0, overdue: 0 },
      { second: second - 2, succeeded: 2, failed: 48, refused: 3, slow: 1, overdue: 6 },
    ],
  };
  await saveBreaker(engine.pool, {
    ...{ dependencyId: idOf("mail-api"), state: "open", sinceMs: nowMs - 60_000, untilMs: nowMs + 3_000 },
    ...{ ratePerSecond: null, multiplier: 1, slowMs: 500, body, isNew: true },
  });
  await engine.flow.check();
  await record("breaker-opened", "mail-api");
  const counts = emptyCounts();
  counts[5] = 10;
  await engine.pool.query({
    text: `insert into signalbox.dependency_minutes
      select $1, (select signalbox.now_ms()) / 60000 * 60000 - g * 60000, 8, 2, 1, 0, 30, 3, $2 from generate_series(0, 29) g`,
    values: [idOf("mail-api"), counts],
  });
});

describe("the dependencies page", () => {
  it("has what a dependency answered, what it holds, who needs it, and what is left of its retries", async () => {
    const { dependencies, next } = await api.dependencies.list({});
    expect(next).toBeNull();
    expect(dependencies.map(({ name }) => name)).toEqual(["bank-api", "mail-api"]);
    const [bank, mail] = dependencies;
    expect(mail).toMatchObject({
      state: "open",
      opened: { cause: "breaker-opened of mail-api" },
      window: { calls: 50, failed: 48, slow: 6, refused: 3 },
      slowMs: 500,
      waiting: 3,
      held: 3,
      heldQueues: 2,
      definitions: ["send-bill", "send-mail"],
    });
    expect(mail?.p95Ms).toBeGreaterThan(16);
    expect(mail?.p95Ms).toBeLessThan(33);
    // 1 a second and a fifth of the first starts, which are known by the minute.
    expect(mail?.budget).toMatchObject({ spent: 0, windowMs: 30_000, about: true });
    expect(mail?.budget.allowed).toBeGreaterThan(32);
    expect(bank).toMatchObject({ state: "closed", opened: null, waiting: 1, held: 0, sinceMs: null });
    expect(bank?.budget).toMatchObject({ allowed: 30, about: false });
  });

  it("tells where its jobs stand, and its course by bucket", async () => {
    const { lanes, settings } = await api.dependencies.get({ name: "mail-api" });
    expect(lanes).toMatchObject([
      { queue: "mail", definition: "send-mail", waiting: 2 },
      { queue: "billing", definition: "send-bill", waiting: 1 },
    ]);
    expect(settings.failureThreshold).toBe(0.5);
    const history = await api.dependencies.history({ name: "mail-api", range: "6h" });
    expect(history.buckets.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(240);
    expect(history.buckets.every(({ atMs }) => atMs % 180_000 === 0)).toBe(true);
    expect(history.buckets[0]?.p50Ms).toBeGreaterThan(16);
  });

  it("refuses a name that there is not with the nearest, and acts without a reason", async () => {
    const missing = await refusalOf(api.dependencies.get({ name: "mail-ap" }));
    expect(missing?.message).toContain("Did you mean mail-api?");
    for (const call of [
      api.dependencies.force({ name: "mail-api", forced: "open", reason: "" }),
      api.dependencies.reset({ name: "mail-api", reason: "" }),
      api.dependencies.change({ name: "mail-api", settings: {}, expectedVersion: 1, reason: "" }),
    ])
      expect((await refusalOf(call))?.message).toContain("reason is needed");
  });

  it("shows what an operator forced above what the policy says", async () => {
    await api.dependencies.force({ name: "mail-api", forced: "closed", reason: "they are up" });
    reader.forget();
    expect(await api.dependencies.get({ name: "mail-api" })).toMatchObject({
      state: "open",
      forced: "closed",
      forcedBy: "local",
      forcedReason: "they are up",
      held: 0,
      waiting: 3,
      untilMs: null,
    });
    await api.dependencies.force({ name: "mail-api", forced: null, reason: "as it was" });
  });
});

describe("the automation feed", () => {
  it("is read newest first, by object, kind and time, without a gap between pages", async () => {
    for (let n = 0; n < 7; n++) await record("rate-lowered", "bank-api");
    await record("concurrency-adapted", "9", "worker");
    const { events } = await api.automation.list({ filter: {}, limit: 3 });
    expect(events.map(({ kind }) => kind)).toEqual(["concurrency-adapted", "rate-lowered", "rate-lowered"]);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.automation.list>> = await api.automation.list({
        filter: { objectKind: "dependency", objectId: "bank-api" },
        limit: 3,
        cursor,
      });
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    const kinds = async (filter: object) =>
      new Set((await api.automation.list({ filter })).events.map(({ kind }) => kind));
    expect(await kinds({ kind: "breaker-opened" })).toEqual(new Set(["breaker-opened"]));
    expect(await kinds({ objectKind: "worker" })).toEqual(new Set(["concurrency-adapted"]));
    expect(await kinds({ sinceMs: engine.clock.nowMs() + 60_000 })).toEqual(new Set());
    expect(await kinds({ untilMs: 1 })).toEqual(new Set());
    expect((await kinds({ sinceMs: engine.clock.nowMs() - 60_000 })).size).toBe(3);
  });

  it("marks the charts of a queue with what was done to all that its work passes, and to nothing else", async () => {
    await record("pressure-rose", "mail", "queue");
    await record("pressure-rose", "search", "queue");
    await record("breaker-half-open", "mail-api");
    const span = { fromMs: engine.clock.nowMs() - 60_000, toMs: engine.clock.nowMs() + 1_000 };
    const objects = async (more: object) =>
      (await api.automation.marks({ ...span, ...more })).marks.map(
        ({ kind, objectId }) => `${kind} ${objectId}`,
      );
    expect(await objects({ queue: "mail" })).toEqual(["breaker-opened mail-api", "pressure-rose mail"]);
    expect(await objects({ object: { kind: "queue", id: "search" } })).toEqual(["pressure-rose search"]);
    expect(await objects({})).toHaveLength(11);
    const tooLong = api.automation.marks({ fromMs: 0, toMs: span.toMs });
    expect((await refusalOf(tooLong))?.message).toContain("31 days");
  });
});
