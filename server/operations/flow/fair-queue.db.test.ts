import { describe, expect, it, vi } from "vitest";
import { priorityRank } from "#core/priority/priority-class.ts";
import { keysKit } from "../testing/keys-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { KeyKeeper } from "./key-keeper.ts";

const test = await testEngine();
const { engine } = test;
const { keeper, limit, submit, submitMany, settle, complete, stateOf, count } = await keysKit(test);

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
      const ids = jobs.map(({ id }) => id);
      const { rows } = await engine.pool.query(
        "select concurrency_key as key, count(*)::int as n from signalbox.jobs where id = any($1::bigint[]) group by 1",
        [ids],
      );
      for (const { key, n } of rows as unknown as { key: string; n: number }[])
        started.set(key, (started.get(key) ?? 0) + n);
      await complete(worker, jobs);
    }
    const total = [...started.values()].reduce((sum, n) => sum + n, 0);
    expect(total).toBe(800);
    for (const key of ["big", "small", "mid"]) {
      expect(started.get(key)).toBeGreaterThan(total / 3 - total / 10);
      expect(started.get(key)).toBeLessThan(total / 3 + total / 10);
    }
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
