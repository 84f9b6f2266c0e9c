import { describe, expect, it } from "vitest";
import { AcceptedJobs } from "./accepted-jobs.ts";

describe("jobs accepted since a count", () => {
  it("are all of those it may not have seen, of one queue", () => {
    const accepted = new AcceptedJobs();
    for (const atMs of [1_000, 1_010, 1_400]) accepted.note(7, atMs);
    accepted.note(8, 1_400);
    expect(accepted.since(7, 900)).toBe(3);
    // A job accepted just before a count may not have been committed when it was made.
    expect(accepted.since(7, 1_250)).toBe(3);
    expect(accepted.since(7, 1_251)).toBe(1);
    expect(accepted.since(7, 1_700)).toBe(0);
    expect(accepted.since(9, 0)).toBe(0);
  });

  it("are forgotten once a count has seen them", () => {
    const accepted = new AcceptedJobs();
    accepted.note(7, 1_000);
    accepted.note(7, 2_000);
    accepted.forgetBefore(1_500);
    expect(accepted.since(7, 0)).toBe(1);
    accepted.forgetBefore(3_000);
    expect(accepted.since(7, 0)).toBe(0);
  });
});
