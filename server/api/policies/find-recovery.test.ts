import { describe, expect, it } from "vitest";
import { findRecovery } from "./find-recovery.ts";

const minute = (at: number, completed: number, failed: number) => ({
  lane: 1,
  atMs: at * 60_000,
  completed,
  failed,
});
const failedAt = (atMs: number) => [
  {
    startedAtMs: atMs,
    finishedAtMs: atMs,
    class: "dependency-down" as const,
    retryAfterMs: null,
    retryable: true,
  },
];

describe("a definition worked again", () => {
  it("in the first minute after the failure in which most attempts succeeded", () => {
    const minutes = [minute(1, 0, 9), minute(2, 2, 7), minute(4, 8, 1), minute(5, 9, 0)];
    expect(findRecovery(minutes, failedAt(90_000))).toBe(240_000);
  });

  it("at no known time while most still fail", () => {
    expect(findRecovery([minute(1, 0, 9), minute(2, 1, 8)], failedAt(90_000))).toBeNull();
    expect(findRecovery([], failedAt(90_000))).toBeNull();
  });

  it("not at all for a job that failed while the others of its kind went through", () => {
    expect(findRecovery([minute(1, 9, 1), minute(2, 9, 0)], failedAt(90_000))).toBeNull();
  });
});
