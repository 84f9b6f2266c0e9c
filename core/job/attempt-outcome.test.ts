import { expect, it } from "vitest";
import { attemptOutcomes, countedAs } from "./attempt-outcome.ts";

it("counts failures and time-outs, counts losses apart, and counts nothing else", () => {
  expect(Object.fromEntries(attemptOutcomes.map((outcome) => [outcome, countedAs(outcome)]))).toEqual({
    running: null,
    completed: null,
    failed: "failure",
    "timed-out": "failure",
    lost: "loss",
    cancelled: null,
    released: null,
    preempted: null,
  });
});
