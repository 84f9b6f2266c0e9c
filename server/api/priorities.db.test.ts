import { describe, expect, it } from "vitest";
import { defaultPrioritySettings, type PrioritySettings } from "#core/priority/priority-settings.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
await test.define("urgent", { priority: "high" });
await test.define("calm", { priority: "bulk" });

const { classes } = defaultPrioritySettings;
const upsideDown: PrioritySettings = {
  ...defaultPrioritySettings,
  classes: {
    ...classes,
    high: { ...classes.high, budgetMs: 604_800_000 },
    bulk: { ...classes.bulk, budgetMs: 1 },
  },
};

describe("the priority settings", () => {
  it("act on the next claim", async () => {
    const worker = await test.worker();
    await test.submit({ definition: "calm" });
    await test.submit({ definition: "urgent" });
    await test.submit({ definition: "calm" });
    await test.submit({ definition: "urgent" });
    expect((await worker.claim(1)).map(({ definition }) => definition.name)).toEqual(["urgent"]);
    await api.priorities.put({ settings: upsideDown, expected: defaultPrioritySettings, reason: "try it" });
    expect((await worker.claim(1)).map(({ definition }) => definition.name)).toEqual(["calm"]);
    expect(await api.priorities.get()).toMatchObject({ settings: upsideDown, updatedBy: "local" });
  });

  it("are not written over what somebody else wrote meanwhile", async () => {
    const late = api.priorities.put({
      settings: { ...defaultPrioritySettings, reservedShare: 0.2 },
      expected: defaultPrioritySettings,
      reason: "late",
    });
    await expect(late).rejects.toThrow("changed since you read them");
    expect(await api.priorities.get()).toMatchObject({ settings: upsideDown });
  });

  it("refuse floors of more than half of the starts, a missing class and an edit without a reason", async () => {
    const greedy = structuredClone(upsideDown);
    for (const each of Object.values(greedy.classes)) each.floorShare = 0.2;
    const put = (settings: unknown, reason = "why") =>
      api.priorities.put({ settings, expected: upsideDown, reason });
    await expect(put(greedy)).rejects.toThrow("must not be above 0.5");
    await expect(put({ ...upsideDown, classes: { critical: classes.critical } })).rejects.toThrow(
      "/classes/high",
    );
    await expect(put(defaultPrioritySettings, "")).rejects.toThrow("reason is needed");
  });

  it("leave an audit entry of what was and what is", async () => {
    const entry =
      "select before->>'reservedShare' || ' ' || (after#>>'{classes,bulk,budgetMs}') from signalbox.audit_entries where action = 'priorities.put'";
    expect(await test.value(entry)).toBe("0.1 1");
  });
});

describe("the loads of the preview", () => {
  it("count what waits by class", async () => {
    const { sampleDepth } = await import("#server/store/metrics/sample-depth.ts");
    await sampleDepth(test.engine.pool);
    const { loads, depthAtMs } = await api.priorities.loads();
    expect(loads.high).toMatchObject({ waiting: 1 });
    expect(loads.bulk).toMatchObject({ waiting: 1 });
    expect(loads.critical).toMatchObject({ waiting: 0, oldestMs: 0 });
    expect(depthAtMs).toBeGreaterThan(0);
  });
});
