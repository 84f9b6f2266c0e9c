import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LogBatch } from "./log-batch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

it("lines are written together half a second after the first", async () => {
  const written: number[][] = [];
  const batch = new LogBatch<number>(async (lines) => void written.push([...lines]), vi.fn());
  for (const line of numbers(0, 3)) batch.add(line);
  await vi.advanceTimersByTimeAsync(499);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([[0, 1, 2]]);
});

it("200 lines are written at once, one write at a time, in their order", async () => {
  const written: number[][] = [];
  const gate = Promise.withResolvers<void>();
  const write = async (lines: readonly number[]) => {
    written.push([...lines]);
    await gate.promise;
  };
  const batch = new LogBatch<number>(write, vi.fn());
  for (const line of numbers(0, 450)) batch.add(line);
  await vi.advanceTimersByTimeAsync(0);
  expect(written.map(({ length }) => length)).toEqual([200]);
  gate.resolve();
  await batch.close();
  expect(written.flat()).toEqual(numbers(0, 450));
});

it("what could not be written is written again, and what is too much is counted as lost", async () => {
  let broken = true;
  const written: number[] = [];
  const onError = vi.fn();
  const batch = new LogBatch<number>(async (lines) => {
    if (broken) throw new Error("connection lost");
    written.push(...lines);
  }, onError);
  for (const line of numbers(0, 5_007)) batch.add(line);
  await vi.advanceTimersByTimeAsync(0);
  expect(onError).toHaveBeenCalledWith(expect.any(Error), 7);
  broken = false;
  await vi.advanceTimersByTimeAsync(60_000);
  await batch.close();
  expect(written).toEqual(numbers(0, 5_000));
});

it("closing with Signalbox away ends", async () => {
  const batch = new LogBatch<number>(() => Promise.reject(new Error("away")), vi.fn());
  batch.add(1);
  await batch.close();
  expect(vi.getTimerCount()).toBe(0);
});
