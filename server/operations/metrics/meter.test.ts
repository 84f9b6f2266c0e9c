import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bucketOf } from "#core/metric/histogram.ts";
import type { Queryable } from "#db/client.ts";
import { DatabaseClock } from "#server/system/clock.ts";
import { type CounterName, Meter } from "./meter.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Row {
  at_ms: number;
  lane: number;
  class: number;
  failures: Record<string, number> | null;
  wait_ms: number[] | null;
  run_ms: number[] | null;
  [name: string]: unknown;
}

function metered() {
  const batches: Row[][] = [];
  const query = vi.fn(async ({ values }: { values?: unknown[] }) => {
    batches.push(JSON.parse((values as [number, string])[1]));
    return { rows: [], rowCount: 1 };
  });
  const onError = vi.fn();
  const meter = new Meter({ query } as Queryable, new DatabaseClock(), 5, onError);
  return { meter, batches, query, onError };
}

describe("the meter", () => {
  it("writes one row a second, lane and class, however often it is called, and nothing when nothing happened", async () => {
    const { meter, batches } = metered();
    meter.start();
    for (let n = 0; n < 1_000; n++) {
      meter.count("submitted", 1, n % 2);
      meter.started(1, n % 2, 5);
    }
    await vi.advanceTimersByTimeAsync(3_000);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.map((row) => [row.lane, row.class, row.submitted, row.started])).toEqual([
      [1, 0, 500, 500],
      [1, 1, 500, 500],
    ]);
    expect(batches[0]?.every((row) => row.at_ms % 1_000 === 0)).toBe(true);
    await meter.stop();
  });

  it("loses no count and mixes up no lane and class, over any sequence of calls and flushes", async () => {
    const names: CounterName[] = ["submitted", "started", "completed", "retried", "died", "cancelled"];
    const act = fc.oneof(
      fc.record({
        kind: fc.constant("count" as const),
        name: fc.constantFrom(...names),
        lane: fc.integer({ min: 1, max: 20 }),
        rank: fc.nat(4),
      }),
      fc.constant({ kind: "flush" as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 100 }), async (acts) => {
        const { meter, batches } = metered();
        const expected = new Map<string, number>();
        for (const step of acts) {
          if (step.kind === "flush") meter.flush();
          else {
            const key = `${step.lane} ${step.rank} ${step.name}`;
            expected.set(key, (expected.get(key) ?? 0) + 1);
            meter.count(step.name, step.lane, step.rank);
          }
        }
        await meter.stop();
        const written = new Map<string, number>();
        for (const row of batches.flat())
          for (const name of names) {
            const key = `${row.lane} ${row.class} ${name}`;
            const sum = (written.get(key) ?? 0) + (row[name] as number);
            if (sum > 0) written.set(key, sum);
          }
        expect(written).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("puts waits and runs into their buckets and failures under their class", async () => {
    const { meter, batches } = metered();
    meter.started(1, 2, 900);
    meter.ran(1, 2, 3);
    meter.ran(1, 2, 3);
    meter.failed(1, 2, "timeout");
    meter.failed(1, 2, "timeout");
    meter.failed(1, 2, "bug");
    await meter.stop();
    const [row] = batches.flat() as [Row];
    expect(row.wait_ms?.[bucketOf(900)]).toBe(1);
    expect(row.run_ms?.[bucketOf(3)]).toBe(2);
    expect(row.failures).toEqual({ timeout: 2, bug: 1 });
  });

  it("outlives a database that is away: the failure is reported, later counts are written", async () => {
    const { meter, batches, query, onError } = metered();
    query.mockRejectedValueOnce(new Error("away"));
    meter.start();
    meter.count("completed", 1, 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onError).toHaveBeenCalledTimes(1);
    meter.count("completed", 1, 1);
    await meter.stop();
    expect(batches.flat()).toMatchObject([{ completed: 1 }]);
  });

  it("writes what is open when it stops, and has no timer left", async () => {
    const { meter, batches } = metered();
    meter.start();
    meter.count("died", 3, 4);
    await meter.stop();
    expect(batches.flat()).toMatchObject([{ lane: 3, class: 4, died: 1 }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
