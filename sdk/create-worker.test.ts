import { describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLog } from "#server/system/log.ts";
import { createWorker } from "./create-worker.ts";
import { defineJob } from "./define-job.ts";
import { FakeTransport } from "./testing/fake-transport.ts";

const job = defineJob({ name: "work", queue: "q", input: z.unknown(), handler: () => undefined });
const options = () => {
  const fake = new FakeTransport();
  return { fake, given: { transport: () => fake, jobs: [job], log: silentLog } };
};

describe("a worker", () => {
  it("is refused with settings that cannot work, naming each", () => {
    expect(() => createWorker({ ...options().given, leaseMs: 100 })).toThrow(
      "leaseMs is 100: it must be at least 1500",
    );
    for (const concurrency of [0, -1, 1.5, Number.NaN, 10_001])
      expect(() => createWorker({ ...options().given, concurrency })).toThrow("concurrency");
    for (const minConcurrency of [0, 1.5, 11, Number.NaN])
      expect(() => createWorker({ ...options().given, minConcurrency })).toThrow(
        `minConcurrency is ${minConcurrency}: it must be a whole number from 1 to the concurrency, 10`,
      );
    expect(() => createWorker({ ...options().given, adaptive: false, minConcurrency: 2 })).toThrow(
      "leave one of them out",
    );
    expect(() => createWorker({ ...options().given, jobs: [job, job] })).toThrow("the same name");
  });

  it("without a way to reach Signalbox says so when it starts", async () => {
    await expect(createWorker({ jobs: [job], log: silentLog }).start()).rejects.toThrow(
      "connectionString or a transport",
    );
  });

  it.each([
    ["does not adapt its concurrency unless it is told to", {}, null],
    ["adapts it when told so", { adaptive: true }, 5],
    ["adapts it when told how far down it may go", { minConcurrency: 7 }, 7],
  ])("%s", async (_, more, slots) => {
    const { fake, given } = options();
    const worker = createWorker({ ...given, concurrency: 20, ...more });
    await worker.start();
    expect(fake.vitals().limit?.slots ?? null).toBe(slots);
    await worker.stop();
  });

  it("starts once, stops twice without harm, and is registered before it claims", async () => {
    const { fake, given } = options();
    const worker = createWorker(given);
    await worker.start();
    await expect(worker.start()).rejects.toThrow("already started");
    await Promise.all([worker.stop(), worker.stop()]);
    expect(fake.closed).toBe(true);
    expect(worker.running).toBe(0);
  });

  it("that could not start can be stopped, and started when Signalbox is there", async () => {
    const { fake, given } = options();
    let tries = 0;
    fake.register = () => (++tries === 1 ? Promise.reject(new Error("away")) : Promise.resolve());
    const worker = createWorker(given);
    await expect(worker.start()).rejects.toThrow("away");
    await worker.start();
    await worker.stop();
    await expect(
      createWorker({ jobs: [job], connectionString: "postgres://127.0.0.1:1/none", log: silentLog }).stop(),
    ).resolves.toBeUndefined();
  });
});
