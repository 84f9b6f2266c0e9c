import { describe, expect, it, vi } from "vitest";
import { priorityRank } from "#core/priority/priority-class.ts";
import { keysKit } from "../testing/keys-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { KeyKeeper } from "./key-keeper.ts";

const test = await testEngine();
const { engine } = test;
const { keeper, limit, submit, submitMany, settle, complete, stateOf, count } = await keysKit(test);

async function keysOf(jobs: readonly { id: string }[]): Promise<string[]> {
  const { rows } = await engine.pool.query(
    "select concurrency_key as key from signalbox.jobs where id = any($1::bigint[])",
    [jobs.map(({ id }) => id)],
  );
  return rows.map(({ key }) => key as string);
}

describe("a fair queue", () => {
  it("lets a flood of 10,000 delay another key's first job by no more than the window", async () => {
    await limit({ fair: true });
    for (let batch = 0; batch < 10; batch++) await submitMany("flood", 1_000);
    const worker = await test.worker();
    const keepers = [keeper, new KeyKeeper(engine)];
    const window = 200; // twice the hundred slots of the one worker
    await vi.waitFor(async () => {
      for (const each of keepers) await each.tick();
      expect(await count("ready")).toBe(window);
    });
    const late = await submit("late");
    let before = 0;
    for (;;) {
      const jobs = await worker.claim(50);
      if (jobs.some(({ id }) => id === late)) break;
      before += jobs.length;
      await complete(worker, jobs);
      for (const each of keepers) await each.tick();
    }
    expect(before).toBeLessThanOrEqual(window);
  });

  it("gives keys with backlog equal shares", async () => {
    await limit({ fair: true });
    await submitMany("big", 2_000);
    await submitMany("small", 400);
    await submitMany("mid", 800);
    const worker = await test.worker();
    const started = new Map<string, number>();
    for (let round = 0; round < 8; round++) {
      await settle();
      const jobs = await worker.claim(100);
      for (const key of await keysOf(jobs)) started.set(key, (started.get(key) ?? 0) + 1);
      await complete(worker, jobs);
    }
    const total = [...started.values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBe(800);
    for (const key of ["big", "small", "mid"]) {
      expect(started.get(key)).toBeGreaterThan(total / 3 - total / 10);
      expect(started.get(key)).toBeLessThan(total / 3 + total / 10);
    }
  });

  it("shares by weights from the admission after they are set, and starves nobody", async () => {
    await limit({ fair: true, keyWeights: { gold: 6, slow: 0.5 } });
    for (const key of ["gold", "plain", "slow"]) await submitMany(key, 1_000);
    const worker = await test.worker();
    const startedOf = async (rounds: number) => {
      const started: Record<string, number> = { gold: 0, plain: 0, slow: 0 };
      for (let round = 0; round < rounds; round++) {
        await settle();
        const jobs = await worker.claim(100);
        for (const key of await keysOf(jobs)) started[key] = (started[key] ?? 0) + 1;
        await complete(worker, jobs);
      }
      return started;
    };
    const first = await startedOf(6);
    expect(first.gold).toBeGreaterThan(440);
    expect(first.plain).toBeGreaterThan(65);
    expect(first.slow).toBeGreaterThan(32);
    await limit({ keyWeights: { gold: null, slow: 8 } });
    // What was let in by the weights before is started first: twice the slots.
    await startedOf(2);
    const then = await startedOf(3);
    expect(then.slow).toBeGreaterThan(220);
    expect(Math.abs((then.gold ?? 0) - (then.plain ?? 0))).toBeLessThan(6);
  });

  it("keeps its cap per key too, and admits urgent work beside a full window of bulk", async () => {
    await limit({ fair: true, maxRunningPerKey: 3 });
    await submitMany("a", 30);
    const urgent = await submit("b", { priority: "critical" });
    await settle();
    expect(await test.value("select count(*)::int from signalbox.key_slots where key = 'a'")).toBe(3);
    expect(await stateOf(urgent)).toBe("available");
    expect(await test.value("select class from signalbox.key_slots where key = 'b'")).toBe(
      priorityRank("critical"),
    );
  });
});
