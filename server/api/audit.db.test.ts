import { describe, expect, it } from "vitest";
import { patchQueue } from "#server/operations/queues/patch-queue.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
const { engine } = test;
await test.define("work", { queue: "billing" });
await test.define("other", { queue: "mail" });
const pause = (name: string, actor: string, reason: string) =>
  patchQueue(engine, { name, body: { paused: true, reason }, actor });
const resume = (name: string, actor: string) => patchQueue(engine, { name, body: { paused: false }, actor });

for (let round = 0; round < 40; round++) {
  await pause("billing", round % 2 ? "ann" : "bob", `deploy ${round}`);
  await resume("billing", "ann");
}
await pause("mail", "bob", "50% off_sale");

describe("the audit page", () => {
  it("reads all entries newest first, each once, page after page", async () => {
    const seen: number[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof api.audit.list>> = await api.audit.list({ filter: {}, cursor });
      seen.push(...page.entries.map(({ seq }) => seq));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    const { entries } = await api.audit.chain();
    expect(seen).toEqual(Array.from({ length: entries }, (_, index) => entries - index));
  });

  it("narrows by each of its filters and by all together", async () => {
    const count = async (filter: Parameters<typeof api.audit.list>[0]["filter"]) =>
      (await api.audit.exportPage({ filter })).entries.length;
    expect(await count({ actor: "bob" })).toBe(21);
    expect(await count({ action: "queue.patch" })).toBe(81);
    expect(await count({ objectKind: "definition" })).toBe(2);
    expect(await count({ objectKind: "queue", objectId: "mail" })).toBe(1);
    expect(await count({ objectId: "mail" })).toBe(1);
    expect(await count({ actor: "bob", objectKind: "queue", objectId: "billing", q: "DEPLOY 1" })).toBe(5);
    expect(await count({ q: "50% off_" })).toBe(1);
    expect(await count({ q: "50_ off%" })).toBe(0);
    expect(await count({ actor: "nobody" })).toBe(0);
  });

  it("takes a span of time to the entry", async () => {
    const { entries } = await api.audit.list({ filter: {} });
    const middle = entries[10];
    if (!middle) throw new Error("too few entries");
    const since = await api.audit.list({ filter: { sinceMs: Math.floor(middle.atMs) } });
    expect(since.entries.map(({ seq }) => seq)).toContain(middle.seq);
    expect(since.entries.every(({ atMs }) => atMs >= Math.floor(middle.atMs))).toBe(true);
    const until = await api.audit.list({ filter: { untilMs: Math.ceil(middle.atMs) } });
    expect(until.entries.map(({ seq }) => seq)).toContain(middle.seq);
    expect(until.entries.every(({ atMs }) => atMs <= Math.ceil(middle.atMs))).toBe(true);
    expect((await api.audit.list({ filter: { sinceMs: 8.64e15 } })).entries).toEqual([]);
    expect((await api.audit.list({ filter: { untilMs: 0 } })).entries).toEqual([]);
  });

  it("opens one entry with what it changed, and says that another does not exist", async () => {
    const [last] = (await api.audit.ofObject({ objectKind: "queue", objectId: "mail", limit: 1 })).entries;
    const entry = await api.audit.get({ seq: last?.seq ?? 0 });
    expect(entry).toMatchObject({
      actor: "bob",
      reason: "50% off_sale",
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(entry.before).toMatchObject({ paused: false });
    expect(entry.after).toMatchObject({ paused: true });
    await expect(api.audit.get({ seq: 1_000_000 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("names what its filters can take", async () => {
    const names = await api.audit.names();
    expect(names.actors).toEqual(["ann", "bob", "test"]);
    expect(names.actions).toEqual(["definition.put", "queue.patch"]);
    expect(names.objectKinds).toEqual(["definition", "queue"]);
  });

  it("refuses a cursor that it did not give", async () => {
    await expect(api.audit.list({ filter: {}, cursor: "WzBd" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("marks of a chart", () => {
  it("are of the span, oldest first, 200 at most, and leave out other queues and single jobs", async () => {
    const nowMs = engine.clock.nowMs();
    const id = await test.submit({ definition: "work" });
    await api.jobs.cancel({ ids: [id], reason: "because" });
    const span = { fromMs: nowMs - 3_600_000, toMs: nowMs + 60_000 };
    const { marks } = await api.audit.marks(span);
    expect(marks.map(({ seq }) => seq)).toEqual([...marks.map(({ seq }) => seq)].sort((a, b) => a - b));
    expect(marks.some(({ objectKind }) => objectKind === "job")).toBe(false);
    expect(marks.length).toBe(83);
    const ofMail = await api.audit.marks({ ...span, queue: "mail" });
    expect(
      ofMail.marks.filter(({ objectKind }) => objectKind === "queue").map(({ objectId }) => objectId),
    ).toEqual(["mail"]);
    expect((await api.audit.marks({ fromMs: 0, toMs: 1_000 })).marks).toEqual([]);
    await expect(api.audit.marks({ fromMs: 0, toMs: nowMs })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
  });
});

describe("settings", () => {
  it("begin as they are by default, are written by version, and stand in the audit trail", async () => {
    const before = await api.settings.general();
    expect(before).toMatchObject({ version: 0, value: { environment: { name: "local" }, timeZone: null } });
    const value = { environment: { name: "production", colour: "red" }, timeZone: "Europe/Oslo" };
    expect(await api.settings.putGeneral({ value, expectedVersion: 0, reason: "named" })).toMatchObject({
      changed: true,
      version: 1,
    });
    expect(await api.settings.putGeneral({ value, expectedVersion: 1, reason: "" })).toMatchObject({
      changed: false,
      version: 1,
    });
    expect(await api.settings.general()).toMatchObject({ value, version: 1 });
    const { entries } = await api.audit.ofObject({ objectKind: "setting", objectId: "general", limit: 5 });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ reason: "named", after: value });
    await expect(api.settings.putGeneral({ value, expectedVersion: 0, reason: "" })).rejects.toMatchObject({
      cause: { code: "version_conflict" },
    });
  });

  it("name each field that is wrong", async () => {
    const value = { environment: { name: " x", colour: "pink" }, timeZone: "Mars/Olympus" };
    await expect(api.settings.putGeneral({ value, expectedVersion: 1, reason: "" })).rejects.toMatchObject({
      cause: {
        errors: expect.arrayContaining([
          expect.objectContaining({ path: "/environment/name" }),
          expect.objectContaining({ path: "/environment/colour" }),
          expect.objectContaining({ path: "/timeZone" }),
        ]),
      },
    });
  });

  it("show what a draft of the retention would take before it is saved, and take nothing", async () => {
    await engine.pool.query("select signalbox.ensure_partitions('2025-01-01'::date, 2)");
    const keep = {
      completedDays: null,
      attemptsDays: null,
      eventsDays: null,
      cancelledDays: null,
      deadDays: null,
    };
    expect((await api.settings.previewRetention({ value: keep })).goesBytes).toBe(0);
    const draft = { ...keep, completedDays: 30, attemptsDays: 30, eventsDays: 30 };
    const preview = await api.settings.previewRetention({ value: draft });
    const goes = preview.days.filter((each) => each.goes.length > 0);
    expect(goes.map(({ day }) => day)).toEqual(["2025-01-02", "2025-01-01"]);
    expect(goes[0]?.goes).toEqual(expect.arrayContaining(["jobs", "completed", "attempts", "job_events"]));
    expect(preview.goesBytes).toBe(goes.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(await test.value("select to_regclass('signalbox.jobs_20250101') is not null")).toBe(true);
    await expect(
      api.settings.previewRetention({ value: { ...draft, attemptsDays: null } }),
    ).rejects.toMatchObject({ cause: { errors: [expect.objectContaining({ path: "/attemptsDays" })] } });
  });
});
