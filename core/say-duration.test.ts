import { expect, it } from "vitest";
import { sayDuration } from "./say-duration.ts";

it.each([
  [0, "0 s"],
  [0.4, "0.4 ms"],
  [500, "500 ms"],
  [999.6, "1 s"],
  [3_140, "3.1 s"],
  [59_960, "1 min"],
  [600_000, "10 min"],
  [5_400_000, "1.5 h"],
  [172_800_000, "2 d"],
  [31_536_000_000, "365 d"],
])("%d ms is said as %s", (durationMs, text) => {
  expect(sayDuration(durationMs)).toBe(text);
});
