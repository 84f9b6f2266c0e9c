import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { silentLog } from "#server/system/log.ts";
import { createWorker, type SignalboxWorker, type WorkerOptions } from "../create-worker.ts";
import { defineJob, type JobOptions } from "../define-job.ts";

const test = await testEngine();
const workers: SignalboxWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});

async function working(jobs: WorkerOptions["jobs"], more: Partial<WorkerOptions> = {}): Promise<string> {
  const worker = createWorker({
    connectionString: test.url,
    jobs,
    heartbeatMs: 200,
    drainMs: 100,
    log: silentLog,
    ...more,
  });
  workers.push(worker);
  await worker.start();
  await test.engine.catalog.check();
  return (await test.value("select max(id) from signalbox.workers")) as string;
}

const job = (name: string, handler: JobOptions<unknown, unknown>["handler"], dependencies?: string[]) =>
  defineJob({ name, queue: "q", input: z.unknown(), handler, dependencies });

describe("a dependency that hangs", () => {
  it("holds a few slots of its worker, is reported while it hangs, and its other jobs stay ready for others", async () => {
    let hangs = false;
    let calls = 0;
    const charge = job(
      "charge",
      (_input, { signal }) => {
        calls++;
        return new Promise<void>((resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          if (!hangs) setTimeout(resolve, 5);
        });
      },
      ["pay"],
    );
    let cleaned = 0;
    const clean = job("clean", () => {
      cleaned++;
    });
    await working([charge, clean], { concurrency: 40 });
    for (let n = 0; n < 12; n++) await test.submit({ definition: "charge" });
    await vi.waitFor(() => expect(calls).toBe(12), { timeout: 5_000 });
    hangs = true;
    calls = 0;
    await Promise.all(Array.from({ length: 60 }, () => test.submit({ definition: "charge" })));
    await Promise.all(Array.from({ length: 20 }, () => test.submit({ definition: "clean" })));
    await vi.waitFor(() => expect(cleaned).toBe(20), { timeout: 5_000 });
    await vi.waitFor(
      async () =>
        expect(Number(await test.value("select sum(overdue) from signalbox.dependency_outcomes"))).toBe(
          calls,
        ),
      { timeout: 5_000 },
    );
    expect(calls).toBeLessThanOrEqual(20);
    expect(await test.value("select count(*)::int from signalbox.ready")).toBe(60 - calls);
    expect(await test.value("select count(*)::int from signalbox.attempts where outcome = 'failed'")).toBe(0);
  });
});

describe("an adaptive worker", () => {
  it("tells with its heartbeat how many it runs at once and why, and one that does not adapt tells neither", async () => {
    const quick = job("quick", () => undefined);
    const adaptive = await working([quick], { concurrency: 40, minConcurrency: 2 });
    const fixed = await working([quick]);
    const told = (id: string) =>
      test.value("select concat(slot_limit, ' ', limit_because) from signalbox.workers where id = $1", [id]);
    await vi.waitFor(
      async () => expect(await told(adaptive)).toBe("10 it starts with a quarter of its slots"),
      { timeout: 5_000 },
    );
    expect(await told(fixed)).toBe(" ");
  });
});
