import { afterEach, describe, expect, it } from "vitest";
import { patchQueue } from "../queues/patch-queue.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";

const test = await testEngine();
const { engine } = test;
const kit = attemptKit(test);
await test.define("capped", { maxRunning: 3 });
await test.define("free");
const submitMany = (definition: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => test.submit({ definition })));
const complete = (workerId: string, jobs: ClaimedAttempt[]) =>
  completeAttempts(
    engine,
    workerId,
    jobs.map(kit.completion),
    jobs.map((job) => job.leaseId),
  );

afterEach(async () => {
  await patchQueue(engine, { name: "q", body: { maxRunning: null }, actor: "test" });
  await test.value("truncate signalbox.ready, signalbox.leases");
});

describe("a definition with a cap", () => {
  it("never runs more of its jobs than that, by 8 claimers that race, and runs them all", async () => {
    await submitMany("capped", 60);
    const workers = await Promise.all(Array.from({ length: 8 }, () => test.worker()));
    let left = 60;
    let most = 0;
    await Promise.all(
      workers.map(async (worker) => {
        while (left > 0) {
          const jobs = await worker.claim(5);
          const running = await test.value(
            "select count(*)::int from signalbox.leases where definition_id is not null",
          );
          most = Math.max(most, Number(running));
          await complete(worker.id, jobs);
          left -= jobs.length;
        }
      }),
    );
    expect(most).toBe(3);
    expect(await test.value("select count(*)::int from signalbox.completed")).toBe(60);
  });

  it("leaves other definitions of its queue alone", async () => {
    await submitMany("capped", 10);
    await submitMany("free", 10);
    const worker = await test.worker();
    const claimed = [...(await worker.claim(20)), ...(await worker.claim(20))];
    const of = (name: string) => claimed.filter(({ definition }) => definition.name === name).length;
    expect([of("capped"), of("free")]).toEqual([3, 10]);
  });

  it("holds beside the cap of its queue: whichever allows less", async () => {
    await patchQueue(engine, { name: "q", body: { maxRunning: 2 }, actor: "test" });
    await submitMany("capped", 5);
    const worker = await test.worker();
    expect(await worker.claim(5)).toHaveLength(2);
    await patchQueue(engine, { name: "q", body: { maxRunning: 10 }, actor: "test" });
    expect(await worker.claim(5)).toHaveLength(1);
  });

  it("acts on the next claim when it is edited or taken away", async () => {
    await submitMany("capped", 12);
    const worker = await test.worker();
    expect(await worker.claim(10)).toHaveLength(3);
    await test.define("capped", { maxRunning: 5 });
    expect(await worker.claim(10)).toHaveLength(2);
    await test.define("capped");
    expect(await worker.claim(10)).toHaveLength(7);
    await test.define("capped", { maxRunning: 3 });
  });

  it.each([0, -1, 1.5, 1_000_001])("refuses a cap of %d and names it", async (maxRunning) => {
    await expect(test.define("capped", { maxRunning })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/maxRunning" }],
    });
  });
});
