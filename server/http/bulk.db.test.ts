import { beforeAll, describe, expect, test } from "vitest";
import { runBulk } from "#server/operations/bulk/run-bulk.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { serveApi } from "./testing/serve-api.ts";

const { call, engine } = await serveApi();

async function tick() {
  const epoch = await takeDuty(engine.counters, "bulk", "1", 60_000);
  await runBulk(engine, { name: "bulk", owner: "1", epoch: epoch ?? "" });
}
const submit = async (tag: string) =>
  (
    await call("POST", "/jobs", {
      definition: "send-invoice",
      payload: {},
      tags: [tag],
      runAt: "2100-01-01T00:00:00Z",
    })
  ).body.job.id as string;
const stateOf = async (id: string) => (await call("GET", `/jobs/${id}`)).body.job.state;

beforeAll(async () => {
  await call("PUT", "/definitions/send-invoice", { queue: "billing", inputSchema: true });
});

describe("many jobs at once", () => {
  test("a dry run counts and changes nothing", async () => {
    const ids = [await submit("dry"), await submit("dry")];
    const body = { action: "cancel", filter: { tag: "dry", state: "scheduled" }, dryRun: true };
    expect(await call("POST", "/jobs/bulk", body)).toMatchObject({
      status: 200,
      body: { matched: 2, operationId: null },
    });
    expect(await Promise.all(ids.map(stateOf))).toEqual(["scheduled", "scheduled"]);
  });

  test("are cancelled by a filter; the operation tells how far it is", async () => {
    const id = await submit("gone");
    const started = await call("POST", "/jobs/bulk", {
      action: "cancel",
      filter: { tag: "gone" },
      reason: "r",
    });
    expect(started).toMatchObject({ status: 201, body: { matched: 1, operationId: expect.any(String) } });
    const path = `/bulk/${started.body.operationId}`;
    expect((await call("GET", path)).body.operation).toEqual({
      operationId: started.body.operationId,
      action: "cancel",
      state: "running",
      matched: 1,
      done: 0,
      failed: 0,
      skipped: 0,
      createdAt: expect.any(String),
      finishedAt: null,
    });
    await tick();
    await tick();
    expect((await call("GET", path)).body.operation).toMatchObject({
      state: "completed",
      done: 1,
      finishedAt: expect.any(String),
    });
    expect(await stateOf(id)).toBe("cancelled");
  });

  test("are named by their ids, moved and given a priority; what cannot be done is skipped", async () => {
    await call("PUT", "/definitions/other", { queue: "slow", inputSchema: true });
    const ids = [await submit("a"), await submit("b"), "5"];
    for (const act of [
      { action: "move", queue: "slow" },
      { action: "reprioritise", priority: "low" },
    ]) {
      const { body } = await call("POST", "/jobs/bulk", { ...act, ids, reason: "r" });
      await tick();
      await tick();
      expect((await call("GET", `/bulk/${body.operationId}`)).body.operation).toMatchObject({
        done: 2,
        skipped: 1,
      });
    }
    expect((await call("GET", `/jobs/${ids[0]}`)).body.job).toMatchObject({ queue: "slow", priority: "low" });
  });

  test("an operation is paused, resumed and aborted; twice is 409", async () => {
    await submit("steered");
    const { body } = await call("POST", "/jobs/bulk", {
      action: "cancel",
      filter: { tag: "steered" },
      reason: "r",
    });
    const path = `/bulk/${body.operationId}`;
    for (const [verb, state] of [
      ["pause", "paused"],
      ["resume", "running"],
      ["abort", "aborted"],
    ]) {
      expect(await call("POST", `${path}/${verb}`)).toMatchObject({
        status: 200,
        body: { operation: { state } },
      });
      expect(await call("POST", `${path}/${verb}`)).toMatchObject({
        status: 409,
        body: { code: "invalid_state" },
      });
    }
    expect((await call("POST", "/bulk/77/pause")).status).toBe(404);
    expect((await call("GET", "/bulk/77")).status).toBe(404);
  });
});

describe("refused", () => {
  test.each([
    [{ action: "cancel", filter: {}, reason: "r" }, "/filter"],
    [{ action: "cancel", filter: {}, dryRun: true }, "/filter"],
    [{ action: "cancel", reason: "r" }, "/filter"],
    [{ action: "cancel", filter: { tag: "x" }, ids: ["5"], reason: "r" }, "/filter"],
    [{ action: "cancel", filter: { tag: "nobody has this" }, reason: "r" }, "/filter"],
    [{ action: "cancel", filter: { colour: "x" }, reason: "r" }, "/filter/colour"],
    [{ action: "cancel", filter: { state: "lost" }, reason: "r" }, "/filter/state"],
    [{ action: "cancel", ids: ["x"], reason: "r" }, "/ids/0"],
    [{ action: "restore", ids: ["5"], reason: "r" }, "/action"],
    [{ action: "move", ids: ["5"], reason: "r" }, "/queue"],
    [{ action: "reprioritise", ids: ["5"], reason: "r" }, "/priority"],
    [{ action: "retry", ids: ["5"], queue: "q", reason: "r" }, "/queue"],
  ])("%j is 422 and names the field", async (body, path) => {
    expect(await call("POST", "/jobs/bulk", body)).toMatchObject({
      status: 422,
      body: { code: "validation", errors: [expect.objectContaining({ path })] },
    });
  });

  test("to producers and workers", async () => {
    for (const as of ["producer", "worker"] as const) {
      const body = { action: "cancel", filter: { tag: "x" }, reason: "r" };
      expect((await call("POST", "/jobs/bulk", body, { as })).status).toBe(403);
      expect((await call("GET", "/bulk/1", undefined, { as })).status).toBe(403);
      expect((await call("POST", "/bulk/1/abort", {}, { as })).status).toBe(403);
    }
  });
});
