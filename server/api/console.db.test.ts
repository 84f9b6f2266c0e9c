import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api, reader } = await testCaller();
await test.define("work", { queue: "alpha" });
await test.define("other", { queue: "beta", priority: "high" });

const later = () => test.engine.clock.nowMs() + 3_600_000;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error : null),
  );

describe("a list of jobs", () => {
  it("is newest first, and pages meet without a gap", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 110; index++)
      ids.push(await test.submit({ definition: "work", tags: ["paging"] }));
    const first = await api.jobs.list({ filter: { tag: "paging" } });
    const second = await api.jobs.list({ filter: { tag: "paging" }, cursor: first.nextCursor });
    expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.nextCursor).toBeNull();
  });

  it("refuses a cursor that it never gave, and a filter it does not know", async () => {
    expect((await refusalOf(api.jobs.list({ filter: {}, cursor: "nonsense" })))?.code).toBe("BAD_REQUEST");
    const unknown = api.jobs.list({ filter: { state: "dead" } as object });
    expect((await refusalOf(unknown))?.code).toBe("BAD_REQUEST");
  });

  it("is watched by the jobs in sight and the number of newer ones that match", async () => {
    await test.submit({ definition: "work", tags: ["watched"] });
    const { jobs } = await api.jobs.list({ filter: { tag: "watched" } });
    const [newest] = jobs;
    if (!newest) throw new Error("no job");
    const watched = {
      ids: [newest.id],
      filter: { tag: "watched" },
      newest: newest.id,
    };
    expect(await api.jobs.watch(watched)).toMatchObject({
      newer: 0,
      jobs: [{ id: newest.id, state: "available" }],
    });
    await test.submit({ definition: "work", tags: ["watched"] });
    await test.submit({ definition: "work", tags: ["unseen"] });
    await api.jobs.cancel({ ids: [newest.id], reason: "to see it change" });
    expect(await api.jobs.watch(watched)).toMatchObject({
      newer: 1,
      jobs: [{ id: newest.id, state: "cancelled" }],
    });
  });
});

describe("a job", () => {
  it("comes with its payload as the text that was stored, whatever its keys", async () => {
    const payload = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "html": "<script>"}');
    const id = await test.submit({ definition: "work", payload });
    const { job } = await api.jobs.get({ id });
    expect(JSON.parse(job.payload?.text ?? "")).toEqual(payload);
    expect(job).toMatchObject({ state: "available", can: { retry: false, cancel: true } });
    expect(job.waitingReasons[0]?.binding).toBe(true);
  });

  it.each(["1", "not-an-id", "99999999999999999999"])("of the id %s is not found", async (id) => {
    expect((await refusalOf(api.jobs.get({ id })))?.code).toBe("NOT_FOUND");
  });
});

describe("cancel and retry", () => {
  it("are told with their reason and the actor in the job's events", async () => {
    const id = await test.submit({ definition: "work", runAtMs: later() });
    expect(await api.jobs.cancel({ ids: [id], reason: " wrong customer " })).toEqual({
      done: [id],
      refused: [],
    });
    expect(await api.jobs.retry({ ids: [id], reason: "it was right" })).toEqual({ done: [id], refused: [] });
    const { job } = await api.jobs.get({ id });
    expect(job.state).toBe("available");
    expect(job.events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "cancelled", actor: "local", because: ["wrong customer"] }),
        expect.objectContaining({ kind: "retried", actor: "local", because: ["it was right"] }),
      ]),
    );
  });

  it("of several refuse each on its own", async () => {
    const [good, done] = [
      await test.submit({ definition: "work" }),
      await test.submit({ definition: "work" }),
    ];
    await api.jobs.cancel({ ids: [done], reason: "first" });
    const outcome = await api.jobs.cancel({ ids: [good, done, "1", good], reason: "all of them" });
    expect(outcome.done).toEqual([good]);
    expect(outcome.refused.map(({ id, code }) => [id, code])).toEqual([
      [done, "invalid_state"],
      ["1", "not_found"],
    ]);
  });

  it("are not done without a reason where one is needed", async () => {
    const ids = [await test.submit({ definition: "work" }), await test.submit({ definition: "work" })];
    for (const call of [
      api.jobs.cancel({ ids: ids.slice(1), reason: "  " }),
      api.jobs.retry({ ids, reason: "" }),
    ]) {
      expect((await refusalOf(call))?.code).toBe("UNPROCESSABLE_CONTENT");
    }
    expect((await api.jobs.list({ filter: { states: ["cancelled"], tag: "none" } })).jobs).toEqual([]);
    expect((await api.jobs.get({ id: ids[1] ?? "" })).job.state).toBe("available");
  });
});

describe("queues", () => {
  it("are paused with a reason that stands in the audit trail, and resumed", async () => {
    expect(
      (await refusalOf(api.queues.change({ name: "beta", change: { paused: true }, reason: "" })))?.code,
    ).toBe("UNPROCESSABLE_CONTENT");
    await api.queues.change({ name: "beta", change: { paused: true }, reason: "deploy" });
    expect((await api.queues.get({ name: "beta" })).queue.paused).toBe(true);
    expect(
      await test.value(
        "select reason from signalbox.audit_entries where object_kind = 'queue' and object_id = 'beta' order by id desc limit 1",
      ),
    ).toBe("deploy");
    await api.queues.change({ name: "beta", change: { paused: false }, reason: "" });
    expect((await api.queues.get({ name: "beta" })).queue.paused).toBe(false);
  });

  it("that do not exist are not found", async () => {
    expect((await refusalOf(api.queues.get({ name: "nowhere" })))?.code).toBe("NOT_FOUND");
    const pausing = api.queues.change({ name: "nowhere", change: { paused: true }, reason: "why not" });
    expect((await refusalOf(pausing))?.code).toBe("NOT_FOUND");
  });

  it("are listed by name, a page after another and by a part of the name", async () => {
    expect((await api.queues.list({})).queues.map(({ name }) => name)).toEqual(["alpha", "beta"]);
    expect((await api.queues.list({ after: "alpha" })).queues.map(({ name }) => name)).toEqual(["beta"]);
    expect((await api.queues.list({ q: "LPH" })).queues.map(({ name }) => name)).toEqual(["alpha"]);
  });
});

describe("the Board", () => {
  it("counts what stands in each queue by class, as the dispatcher last counted", async () => {
    await test.submit({ definition: "other", runAtMs: later() });
    await test.submit({ definition: "other", priority: "bulk" });
    await sampleDepth(test.engine.pool);
    reader.forget();
    const { queues, depthAtMs } = await api.queues.list({ q: "beta" });
    expect(queues[0]).toMatchObject({ waiting: [0, 0, 0, 0, 1], scheduled: 1, workers: 0 });
    expect(depthAtMs).not.toBeNull();
  });

  it("has a chart of at most 150 buckets for every span", async () => {
    for (const range of ["15m", "1h", "6h", "24h"] as const) {
      const series = await api.overview.series({ range });
      expect((series.toMs - series.fromMs) / series.bucketMs).toBeLessThanOrEqual(150);
      expect(series.depths.length).toBeGreaterThan(0);
    }
  });
});

describe("workers", () => {
  it("are listed with what they serve", async () => {
    const { id } = await test.worker();
    const { workers } = await api.workers.list();
    expect(workers).toEqual([expect.objectContaining({ id, state: "active", endedAtMs: null })]);
  });
});
