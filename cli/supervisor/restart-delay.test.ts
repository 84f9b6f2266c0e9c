import { expect, test } from "vitest";
import { restartDelayMs } from "./restart-delay.ts";

test("a child that keeps dying is started again after 0.5 s, twice as long each time, at most 15 s", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(restartDelayMs)).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});
