import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "#server/system/log.ts";
import { Loop } from "./loop.ts";
import type { Service } from "./service.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const service = (
  everyMs: number,
  tick: Service["tick"],
): Service & { tick: ReturnType<typeof vi.fn<Service["tick"]>> } => ({
  name: "test",
  everyMs,
  tick: vi.fn(tick),
});

describe("the loop", () => {
  it("calls each service at its own pace", async () => {
    const quick = service(100, async () => "done");
    const slow = service(1_000, async () => "done");
    const loop = new Loop([quick, slow], silentLog);
    loop.start();
    await vi.advanceTimersByTimeAsync(3_050);
    expect(quick.tick.mock.calls.length).toBe(31);
    expect(slow.tick.mock.calls.length).toBe(4);
    await loop.stop();
  });

  it("calls a service again at once while there is more, and when it said that something falls due", async () => {
    let left = 5;
    const batches = service(1_000, async () => (--left > 0 ? "more" : "done"));
    const due = service(1_000, async () => ({ inMs: 40 }));
    const loop = new Loop([batches, due], silentLog);
    loop.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches.tick).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(400);
    expect(batches.tick).toHaveBeenCalledTimes(5);
    expect(due.tick.mock.calls.length).toBe(11);
    await loop.stop();
  });

  it("does not spin when a service says that the next thing is due now or never", async () => {
    for (const inMs of [0, -5_000, Number.POSITIVE_INFINITY]) {
      const hasty = service(100, async () => ({ inMs }));
      const loop = new Loop([hasty], silentLog);
      loop.start();
      await vi.advanceTimersByTimeAsync(200);
      expect(hasty.tick.mock.calls.length).toBeLessThanOrEqual(101);
      expect(hasty.tick.mock.calls.length).toBeGreaterThanOrEqual(3);
      await loop.stop();
    }
  });

  it("leaves a failing service more and more time, a few seconds at most, without holding up the others", async () => {
    const broken = service(200, () => Promise.reject(new Error("no database")));
    const fine = service(200, async () => "done");
    const loop = new Loop([broken, fine], silentLog);
    loop.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fine.tick.mock.calls.length).toBe(301);
    expect(broken.tick.mock.calls.length).toBeLessThanOrEqual(25);
    expect(broken.tick.mock.calls.length).toBeGreaterThanOrEqual(10);
    broken.tick.mockResolvedValue("done");
    await vi.advanceTimersByTimeAsync(10_000);
    const recovered = broken.tick.mock.calls.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(broken.tick.mock.calls.length).toBe(recovered + 5);
    await loop.stop();
  });

  it("stops at any moment: never before the tick under way has ended, and nothing ticks afterwards", async () => {
    for (let round = 0; round < 100; round++) {
      const gate = Promise.withResolvers<"done">();
      const busy = service(50, () => gate.promise);
      const idle = service(10 + (round % 7), async () => (round % 3 === 0 ? "more" : "done"));
      if (round % 3 === 0) idle.tick.mockResolvedValueOnce("more").mockResolvedValue("done");
      const loop = new Loop([busy, idle], silentLog);
      loop.start();
      await vi.advanceTimersByTimeAsync(round);
      let stopped = false;
      const stop = loop.stop().then(() => {
        stopped = true;
      });
      await vi.advanceTimersByTimeAsync(5);
      expect(stopped).toBe(false);
      gate.resolve("done");
      await stop;
      const ticks = idle.tick.mock.calls.length;
      await vi.advanceTimersByTimeAsync(1_000);
      expect(idle.tick.mock.calls.length).toBe(ticks);
      expect(vi.getTimerCount()).toBe(0);
    }
  });
});
