import { beforeEach, describe, expect, it } from "vitest";
import { newBreaker } from "#core/breaker/breaker-state.ts";
import { saveBreaker } from "#server/store/dependencies/save-breaker.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { recordAutomation } from "../automation/record-automation.ts";
import { undoAutomation } from "../automation/undo-automation.ts";
import { BreakerKeeper } from "../flow/breaker-keeper.ts";
import { testEngine } from "../testing/test-engine.ts";
import { forceBreaker } from "./force-breaker.ts";
import { patchDependency } from "./patch-dependency.ts";
import { putDependencySettings } from "./put-dependency-settings.ts";
import { resetBreaker } from "./reset-breaker.ts";

const test = await testEngine();
const { engine } = test;
await test.define("send-mail", { queue: "mail", dependencies: ["mail-api"] });
await test.define("charge", { queue: "billing", dependencies: ["bank-api"] });

beforeEach(async () => {
  await engine.pool.query(
    "truncate signalbox.breakers, signalbox.automation_events, signalbox.dependency_buckets",
  );
  await engine.pool.query("update signalbox.dependencies set settings = '{}', version = 1");
  await engine.catalog.reload();
  await engine.flow.check();
});

const put = (settings: unknown, more: object = {}) =>
  putDependencySettings(engine, { name: "mail-api", settings, actor: "ann", reason: "test", ...more });
const force = (forced: "open" | "closed" | null, name = "mail-api", actor = "ann") =>
  forceBreaker(engine, { name, forced, actor, reason: "they called" });
const lastAudit = async () =>
  JSON.parse(
    String(
      await test.value(`select json_build_object('actor', actor, 'action', action, 'object', object_id, 'reason', reason,
        'before', before, 'after', after)::text from signalbox.audit_entries order by seq desc limit 1`),
    ),
  );
const audited = () => test.value("select count(*)::int from signalbox.audit_entries");
const idOf = (name: string) => engine.catalog.current.dependencies.get(name)?.id ?? 0;
/** Opens the breaker of mail-api as the policy does. */
const opened = async (undo: { action: string; label: string } | null) => {
  await engine.pool.query({
    text: `insert into signalbox.breakers (dependency_id, state, since_ms) values ($1, 'open', 1)
      on conflict (dependency_id) do update set state = 'open'`,
    values: [idOf("mail-api")],
  });
  await engine.flow.check();
  await recordAutomation(engine.pool, {
    kind: "breaker-opened",
    objectKind: "dependency",
    objectId: "mail-api",
    cause: "5 calls failed in a row",
    figures: { inARow: 5, odd: Number.NaN },
    undo,
  });
};
const eventId = async () => Number(await test.value("select max(id) from signalbox.automation_events"));

describe("the settings of a dependency", () => {
  it("change by what is given, keep the rest, take defaults back by null, and are in force when the call returns", async () => {
    const first = await put({ minimumCalls: 50, probes: { minGapMs: 1_000 }, slowMs: 2_000 });
    expect(first).toMatchObject({ version: 2, changed: true });
    const { settings } = await put({
      probes: { concurrent: 2 },
      slowMs: null,
      rateLimit: { count: 5, perMs: 1_000 },
    });
    expect(settings).toMatchObject({
      minimumCalls: 50,
      probes: { minGapMs: 1_000, concurrent: 2, costFactor: 3 },
      rateLimit: { count: 5, perMs: 1_000 },
    });
    expect(settings.slowMs).toBeUndefined();
    expect((await put({ minimumCalls: null, rateLimit: null })).settings).toMatchObject({
      minimumCalls: 20,
      rateLimit: null,
    });
    expect(engine.catalog.current.dependencies.get("mail-api")?.settings.probes.concurrent).toBe(2);
    expect(await lastAudit()).toMatchObject({
      actor: "ann",
      action: "dependency.put",
      object: "mail-api",
      before: { minimumCalls: 50 },
      after: { minimumCalls: 20 },
    });
  });

  it("are written by one of two operators who read the same version, and the other is told", async () => {
    const both = await Promise.allSettled([
      put({ minimumCalls: 30 }, { expectedVersion: 1, actor: "ann" }),
      put({ minimumCalls: 40 }, { expectedVersion: 1, actor: "bob" }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({
      code: "version_conflict",
      errors: [{ path: "/expectedVersion" }],
    });
    expect(await test.value("select version from signalbox.dependencies where name = 'mail-api'")).toBe(2);
  });

  it("that say the same write nothing, and wrong ones name their field and change nothing", async () => {
    const before = await audited();
    expect(await put({ minimumCalls: 20 })).toMatchObject({ version: 1, changed: false });
    await expect(put({ retryBudget: { ratio: 0, minPerSecond: 0 } })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/retryBudget/minPerSecond" }],
    });
    await expect(put({ failureThreshold: -1 })).rejects.toMatchObject({
      errors: [{ path: "/failureThreshold" }],
    });
    await expect(put({ consecutiveFailures: 60 })).rejects.toMatchObject({
      errors: [{ path: "/consecutiveFailures" }],
    });
    await expect(put({ rateLimit: { count: 0, perMs: 1_000 } })).rejects.toMatchObject({
      errors: [{ path: "/rateLimit/count" }],
    });
    await expect(put(JSON.parse('{"__proto__": {"minimumCalls": 5}}'))).rejects.toMatchObject({
      code: "validation",
    });
    await expect(put("all")).rejects.toMatchObject({ code: "validation" });
    expect(await audited()).toBe(before);
  });

  it("of a name that there is not are refused with the nearest names", async () => {
    await expect(put({}, { name: "mail-apo" })).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("Did you mean mail-api?"),
    });
    await expect(force("open", "nothing-like-it")).rejects.toMatchObject({ code: "not_found" });
    await expect(resetBreaker(engine, { name: "bank", actor: "ann", reason: "test" })).rejects.toMatchObject({
      message: expect.stringContaining("bank-api"),
    });
  });
});

describe("forcing a breaker", () => {
  it("holds jobs from the next claim on, tells how many, and lets them go with their attempts untouched", async () => {
    for (let n = 0; n < 3; n++) await test.submit({ definition: "send-mail" });
    await sampleDepth(engine.pool);
    const done = await force("open");
    expect(done).toMatchObject({ changed: true, held: { jobs: 3, queues: 1 }, warning: null });
    const { claim } = await test.worker();
    expect(await claim(5)).toEqual([]);
    expect(await lastAudit()).toMatchObject({
      action: "dependency.force-open",
      reason: "they called",
      before: { forced: null, state: "closed" },
      after: { forced: "open" },
    });
    await force(null);
    expect(await test.value("select forced_by from signalbox.breakers")).toBeNull();
    expect((await claim(5)).map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  });

  it("writes once when two operators say the same at once", async () => {
    const before = Number(await audited());
    const both = await Promise.all([force("open", "mail-api", "ann"), force("open", "mail-api", "bob")]);
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(await audited()).toBe(before + 1);
  });

  it("warns when nothing at all may be called any more", async () => {
    expect((await force("open")).warning).toBeNull();
    const { warning } = await force("open", "bank-api");
    expect(warning).toContain("All 2 dependencies are forced open now");
    expect(warning).toContain("in 2 queues");
  });

  it("needs a reason, and is done with the settings or not at all", async () => {
    await expect(
      forceBreaker(engine, { name: "mail-api", forced: "open", actor: "ann", reason: "  " }),
    ).rejects.toMatchObject({ code: "validation", errors: [{ path: "/reason" }] });
    const patch = (body: object) => patchDependency(engine, { name: "mail-api", body, actor: "ann" });
    await expect(patch({ forced: "open" })).rejects.toMatchObject({ errors: [{ path: "/reason" }] });
    await expect(
      patch({ forced: "open", reason: "r", settings: { failureThreshold: -1 } }),
    ).rejects.toMatchObject({ errors: [{ path: "/settings/failureThreshold" }] });
    expect(await test.value("select count(*)::int from signalbox.breakers")).toBe(0);
    await patch({ forced: "open", reason: "r", settings: { minimumCalls: 25 } });
    expect(engine.flow.gates.get("mail-api")?.forced).toBe("open");
    expect(engine.catalog.current.dependencies.get("mail-api")?.settings.minimumCalls).toBe(25);
  });
});

describe("resetting a breaker", () => {
  const duty = async () => ({
    name: "breakers",
    owner: "1",
    epoch: (await takeDuty(engine.pool, "breakers", "1", 60_000)) as string,
  });
  const outcomes = (failed: number) =>
    engine.pool.query({
      text: `insert into signalbox.dependency_outcomes (at_ms, source, dependency_id, succeeded, failed, refused, slow, overdue,
        first_starts, retry_starts, duration_ms_sum, in_flight) values (signalbox.now_ms(), 1, $1, 0, $2, 0, 0, 0, $2, 0, 100, 0)`,
      values: [idOf("mail-api"), failed],
    });
  const state = () =>
    test.value("select state from signalbox.breakers where dependency_id = $1", [idOf("mail-api")]);

  it("closes it and has whoever runs it begin anew, while what is forced stays forced", async () => {
    const keeper = new BreakerKeeper(engine);
    const held = await duty();
    await keeper.tick(held);
    await outcomes(40);
    await keeper.tick(held);
    expect(await state()).toBe("open");
    await force("open");
    await resetBreaker(engine, { name: "mail-api", actor: "ann", reason: "they are back" });
    expect(await state()).toBe("closed");
    expect(engine.flow.gates.get("mail-api")).toMatchObject({ state: "closed", forced: "open" });
    expect(await lastAudit()).toMatchObject({ action: "dependency.reset", before: { state: "open" } });
    await force(null);
    await keeper.tick(held);
    await keeper.tick(held);
    expect(await state()).toBe("closed");
  });

  it("is not undone by a write of what was remembered before", async () => {
    const body = newBreaker(0);
    const breaker = {
      ...{ dependencyId: idOf("mail-api"), state: "open", sinceMs: 1, untilMs: 2, ratePerSecond: null },
      ...{ multiplier: 1, slowMs: null, body },
    };
    expect(await saveBreaker(engine.pool, { ...breaker, isNew: true })).toBe(true);
    await resetBreaker(engine, { name: "mail-api", actor: "ann", reason: "they are back" });
    expect(await saveBreaker(engine.pool, { ...breaker, isNew: false })).toBe(false);
    expect(await state()).toBe("closed");
    expect(await saveBreaker(engine.pool, { ...breaker, isNew: true })).toBe(true);
  });
});

describe("taking an automatic act back", () => {
  const forceClosed = { action: "dependency.force-closed", label: "Force it closed" };
  const undo = async (actor = "ann") =>
    undoAutomation(engine, { eventId: await eventId(), reason: "they are up", actor });

  it("does it through the operation it names, and notes who did, once", async () => {
    await opened(forceClosed);
    const both = await Promise.allSettled([undo("ann"), undo("bob")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(engine.flow.gates.get("mail-api")?.forced).toBe("closed");
    const by = await test.value(
      "select undone_by from signalbox.automation_events where undone_at is not null",
    );
    expect(await lastAudit()).toMatchObject({
      actor: by,
      action: "dependency.force-closed",
      reason: "they are up",
    });
    const refused = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: "invalid_state" });
  });

  it("is refused for what nothing takes back, and for no event", async () => {
    await opened(null);
    await expect(undo()).rejects.toMatchObject({ code: "invalid_state" });
    await opened({ action: "something.unknown", label: "?" });
    await expect(undo()).rejects.toMatchObject({ code: "invalid_state" });
    await expect(
      undoAutomation(engine, { eventId: 999_999, reason: "r", actor: "ann" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("is refused once the breaker is closed again", async () => {
    await opened(forceClosed);
    await engine.pool.query("update signalbox.breakers set state = 'closed'");
    await engine.flow.check();
    await expect(undo()).rejects.toMatchObject({ code: "invalid_state" });
    expect(await test.value("select forced from signalbox.breakers")).toBeNull();
  });

  it("leaves the event as it was when the undo itself is refused", async () => {
    await opened(forceClosed);
    await expect(
      undoAutomation(engine, { eventId: await eventId(), reason: " ", actor: "ann" }),
    ).rejects.toMatchObject({ code: "validation" });
    expect(await test.value("select undone_by from signalbox.automation_events")).toBeNull();
  });
});
