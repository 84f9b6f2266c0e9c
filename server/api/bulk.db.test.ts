import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { runBulk } from "#server/operations/bulk/run-bulk.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
await test.define("work", { queue: "alpha" });
await test.define("other", { queue: "beta" });

const later = () => test.engine.clock.nowMs() + 3_600_000;
async function tick() {
  const epoch = await takeDuty(test.engine.counters, "bulk", "1", 60_000);
  await runBulk(test.engine, { name: "bulk", owner: "1", epoch: epoch ?? "" });
}
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error.code : null),
  );

describe("a bulk operation of the console", () => {
  it("is counted with what its jobs are, started, followed to its results and taken back", async () => {
    for (const definition of ["work", "work", "other"])
      await test.submit({ definition, tags: ["all"], runAtMs: later() });
    const filter = { tag: "all" };
    const count = await api.bulk.count({ action: "cancel", filter });
    expect(count).toMatchObject({
      matched: 3,
      exact: true,
      breakdown: {
        state: [{ name: "scheduled", jobs: 3 }],
        queue: [
          { name: "alpha", jobs: 2 },
          { name: "beta", jobs: 1 },
        ],
      },
      guard: { canary: 0, maxPerSecond: 1_000 },
    });
    expect(count.sample).toHaveLength(3);
    const { operationId } = await api.bulk.start({ act: { action: "cancel" }, filter, reason: "over" });
    expect((await api.overview.board()).bulk).toEqual({ running: 1, halted: 0 });
    await tick();
    await tick();
    const { operation, fates } = await api.bulk.get({ id: operationId });
    expect(operation).toMatchObject({
      summary: "Cancel 3 jobs tagged all",
      state: "completed",
      done: 3,
      actor: "local",
      takeBackUntilMs: expect.any(Number),
    });
    expect(fates).toBeNull();
    const results = await api.bulk.items({ id: operationId, which: "done" });
    expect(results.items.map(({ job }) => job?.state)).toEqual(["cancelled", "cancelled", "cancelled"]);

    const back = await api.bulk.takeBack({ id: operationId, reason: "" });
    await tick();
    await tick();
    const list = await api.bulk.list({});
    expect(list.open).toEqual([]);
    expect(list.past.map(({ id, summary, done }) => ({ id, summary, done }))).toEqual([
      { id: back.operationId, summary: `Put back 3 jobs of bulk operation ${operationId}`, done: 3 },
      { id: operationId, summary: "Cancel 3 jobs tagged all", done: 3 },
    ]);
    expect(await refusalOf(api.bulk.takeBack({ id: back.operationId, reason: "" }))).toBe("CONFLICT");
  });

  it("is steered by its verbs, each where the state allows it", async () => {
    const id = await test.submit({ definition: "work", runAtMs: later() });
    const { operationId } = await api.bulk.start({ act: { action: "cancel" }, ids: [id], reason: "" });
    const steer = (verb: "pause" | "resume" | "abort") =>
      api.bulk.steer({ id: operationId, verb, reason: "" });
    await steer("pause");
    expect(await refusalOf(steer("pause"))).toBe("CONFLICT");
    await steer("resume");
    await steer("abort");
    expect((await api.bulk.get({ id: operationId })).operation).toMatchObject({ state: "aborted", taken: 0 });
    expect((await api.bulk.items({ id: operationId, which: "waiting" })).items).toHaveLength(1);
  });

  it("is refused on an empty filter, on nothing, and for an id that is none", async () => {
    expect(await refusalOf(api.bulk.count({ action: "retry", filter: {} }))).toBe("UNPROCESSABLE_CONTENT");
    const nothing = api.bulk.start({ act: { action: "retry" }, filter: { tag: "nobody" }, reason: "r" });
    expect(await refusalOf(nothing)).toBe("UNPROCESSABLE_CONTENT");
    const both = api.bulk.start({ act: { action: "retry" }, filter: { tag: "a" }, ids: ["5"], reason: "r" });
    expect(await refusalOf(both)).toBe("UNPROCESSABLE_CONTENT");
    for (const id of ["77", "nonsense"]) expect(await refusalOf(api.bulk.get({ id }))).toBe("NOT_FOUND");
  });
});
