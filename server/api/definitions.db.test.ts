import { describe, expect, it } from "vitest";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
const schema = {
  type: "object",
  required: ["order"],
  properties: { order: { type: "string" }, note: { type: "string" } },
};
await test.define("ship", { queue: "shop", inputSchema: schema, owner: "Shop", dependencies: ["carrier"] });
const spec = async (name = "ship") => (await api.definitions.get({ name })).spec;
const put = (name: string, of: unknown, expectedVersion: number, force = false, reason = "") =>
  api.definitions.put({ name, spec: of, expectedVersion, force, reason });

describe("the catalogue", () => {
  it("finds definitions by name, queue and owner, with the workers that serve them", async () => {
    await test.define("pack");
    expect((await api.definitions.list({})).definitions.map(({ name }) => name)).toEqual(["pack", "ship"]);
    const { definitions } = await api.definitions.list({ q: "shop" });
    expect(definitions).toMatchObject([{ name: "ship", version: 1, paused: false, workers: 0 }]);
  });

  it("offers the names there are of definitions, queues, policies and dependencies", async () => {
    expect(await api.definitions.names()).toEqual({
      definitions: ["pack", "ship"],
      queues: ["q", "shop"],
      policies: ["default"],
      dependencies: ["carrier"],
    });
  });
});

describe("a definition", () => {
  it("says who wrote it: an edit in the console stands until its code registers again", async () => {
    await test.define("by-code");
    await put("by-code", { ...(await spec("by-code")), owner: "Ann" }, 1);
    const { versions } = await api.definitions.versions({ name: "by-code" });
    expect(versions.map(({ version, createdBy }) => [version, createdBy])).toEqual([
      [2, "local"],
      [1, "test"],
    ]);
  });

  it("is not written over what somebody else wrote meanwhile", async () => {
    await test.define("shared");
    await put("shared", { ...(await spec("shared")), owner: "Ann" }, 1);
    await expect(put("shared", { ...(await spec("shared")), owner: "Bea" }, 1)).rejects.toThrow(
      "at version 2",
    );
  });

  it("refuses an input schema that may refuse what producers send, with the places, unless forced with a reason", async () => {
    const narrow = { ...(await spec()), inputSchema: { ...schema, required: ["order", "note"] } };
    await expect(put("ship", narrow, 1)).rejects.toMatchObject({
      cause: { code: "conflict", errors: [{ path: "/inputSchema/note", message: "is now required" }] },
    });
    await expect(put("ship", narrow, 1, true)).rejects.toThrow("reason is needed");
    expect(await put("ship", narrow, 1, true, "producers are ready")).toEqual({
      version: 2,
      created: true,
      warnings: [],
    });
  });

  it("when paused is not claimed, and its queue's other definitions are", async () => {
    await test.define("held-back", { queue: "pausing" });
    await test.define("let-through", { queue: "pausing" });
    await test.submit({ definition: "held-back" });
    await test.submit({ definition: "let-through" });
    await expect(api.definitions.setPaused({ name: "held-back", paused: true, reason: "" })).rejects.toThrow(
      "reason",
    );
    await api.definitions.setPaused({ name: "held-back", paused: true, reason: "bad release" });
    const worker = await test.worker();
    expect((await worker.claim(5)).map(({ definition }) => definition.name)).toEqual(["let-through"]);
    await api.definitions.setPaused({ name: "held-back", paused: false, reason: "" });
    expect((await worker.claim(5)).map(({ definition }) => definition.name)).toEqual(["held-back"]);
  });
});

describe("a test submit", () => {
  it("makes the job, by whom is kept", async () => {
    await test.define("echo", { queue: "tests", inputSchema: schema });
    const { id } = await api.definitions.submit({
      name: "echo",
      job: { payload: { order: "1" }, priority: "bulk" },
    });
    expect(
      await test.value("select submitted_by || ' ' || class from signalbox.jobs where id = $1", [id]),
    ).toBe("local 4");
  });

  it("names the field of the payload that does not fit, and an unknown key", async () => {
    const submit = (job: Record<string, unknown>) => api.definitions.submit({ name: "echo", job });
    await expect(submit({ payload: { order: 1 } })).rejects.toMatchObject({
      cause: { errors: [{ path: "/payload/order" }] },
    });
    await expect(submit({ payload: {}, colour: "red" })).rejects.toMatchObject({
      cause: { errors: [{ path: "/colour" }] },
    });
  });
});
