import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Loop } from "#server/dispatcher/loop.ts";
import { dispatcherServices } from "#server/dispatcher/services.ts";
import { patchQueue } from "#server/operations/queues/patch-queue.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { silentLog } from "#server/system/log.ts";
import { transportRigs } from "./testing/transport-rig.ts";

const test = await testEngine();
const { engine } = test;
const rigs = transportRigs(engine, test.url);
// Two dispatchers: either may let a job in.
const loops = ["1", "2"].map((owner) => new Loop(dispatcherServices(engine, owner), silentLog));
beforeAll(() => {
  for (const loop of loops) loop.start();
});
afterAll(() => Promise.all(loops.map((loop) => loop.stop())));

describe.each(["postgres", "http", "target"] as const)("workers over %s", (kind) => {
  it("run no more jobs of a key at once than the queue lets, and all of them in the end", async () => {
    const running = new Map<string, number>();
    let most = 0;
    const name = `keyed-${kind}`;
    const handler = async (input: unknown) => {
      const key = String(input);
      running.set(key, (running.get(key) ?? 0) + 1);
      most = Math.max(most, ...running.values());
      await new Promise((resolve) => setImmediate(resolve));
      running.set(key, (running.get(key) ?? 0) - 1);
    };
    const rig = await rigs[kind]({ name, handler, concurrency: 10 });
    try {
      await engine.catalog.check();
      const queue = [...engine.catalog.current.definitions.values()].find((each) => each.name === name)?.spec
        .queue;
      await patchQueue(engine, { name: queue ?? "", body: { maxRunningPerKey: 2 }, actor: "test" });
      const jobs = Array.from({ length: 30 }, (_, index) => `tenant-${index % 3}`);
      const ids = await Promise.all(
        jobs.map((concurrencyKey) =>
          test.submit({ definition: name, concurrencyKey, payload: concurrencyKey }),
        ),
      );
      const left = () =>
        test.value("select $1::int - count(*)::int from signalbox.completed where id = any($2::bigint[])", [
          ids.length,
          ids,
        ]);
      await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 20_000, interval: 50 });
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThanOrEqual(2);
    } finally {
      await rig.stop();
    }
  }, 30_000);
});
