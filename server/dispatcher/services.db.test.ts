import { describe, expect, it } from "vitest";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { dispatcherServices } from "./services.ts";

const test = await testEngine();
const { engine } = test;
await test.define("work");
const [first, second] = [dispatcherServices(engine, "1"), dispatcherServices(engine, "2")];
const tick = (services: typeof first, name: string) => services.find((each) => each.name === name)?.tick(0);

describe("the services of a dispatcher", () => {
  it("find nothing to do in a database where nothing happened, twice over", async () => {
    for (let round = 0; round < 2; round++)
      for (const service of first) {
        const answer = await service.tick(0);
        expect(answer === "done" || (typeof answer === "object" && answer.inMs > 0)).toBe(true);
      }
  });

  it("share promoting and reaping between dispatchers, each job once", async () => {
    const jobs = 2_500;
    for (let n = 0; n < 5; n++)
      await Promise.all(
        Array.from({ length: jobs / 5 }, () =>
          test.submit({ definition: "work", runAtMs: engine.clock.nowMs() + 60_000 }),
        ),
      );
    await test.value("update signalbox.scheduled set run_at_ms = signalbox.now_ms() - 5");
    const answers = await Promise.all([
      tick(first, "promote"),
      tick(second, "promote"),
      tick(first, "promote"),
    ]);
    expect(answers).toContain("more");
    while ((await tick(second, "promote")) === "more");
    expect(await test.value("select count(*)::int from signalbox.ready")).toBe(jobs);
    expect(await test.value("select count(distinct id)::int from signalbox.ready")).toBe(jobs);
    const worker = await test.worker();
    while ((await worker.claim(100, { leasePerJob: true })).length > 0);
    await test.value("update signalbox.leases set until_ms = 1");
    await Promise.all(
      [first, second].map(async (services) => {
        while ((await tick(services, "reap")) === "more");
      }),
    );
    while ((await tick(first, "reap")) === "more");
    expect(await test.value("select count(*)::int from signalbox.ready")).toBe(jobs);
    expect(await test.value("select count(*)::int from signalbox.attempts where outcome = 'lost'")).toBe(
      jobs,
    );
    expect(await test.value("select count(*)::int from signalbox.leases")).toBe(0);
  });

  it("let one dispatcher alone count and roll up, and another when that one is gone", async () => {
    await test.value("truncate signalbox.depth_samples, signalbox.duties");
    await tick(first, "depth");
    await test.value("truncate signalbox.depth_samples");
    await tick(second, "depth");
    expect(await test.value("select count(*)::int from signalbox.depth_samples")).toBe(0);
    await test.value("update signalbox.duties set until = clock_timestamp() - interval '1 s'");
    await tick(second, "depth");
    expect(await test.value("select count(*)::int from signalbox.depth_samples")).toBeGreaterThan(0);
    expect(
      await test.value("select owner::text || ':' || epoch from signalbox.duties where name = 'depth'"),
    ).toBe("2:2");
  });
});
