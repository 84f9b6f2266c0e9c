import { describe, expect, it } from "vitest";
import type { WorkerSummary } from "#server/api/routers/workers.ts";
import { findFlags } from "./find-flags.ts";

const worker = {
  id: "1",
  version: "1.0",
  loopLagMs: 5,
  clockOffsetMs: 20,
  endedAtMs: null,
} as WorkerSummary;
const none = { outlier: undefined, newestVersion: undefined };
const outlier = {
  workerId: "1",
  definition: "send",
  attempts: 100,
  failures: 40,
  share: 0.4,
  peers: 2,
  peerAttempts: 200,
  peerShare: 0.04,
};

describe("the flags of a worker", () => {
  it("are none while all is well", () => {
    expect(findFlags(worker, none)).toEqual([]);
  });

  it("tell the evidence in words", () => {
    const odd = { ...worker, loopLagMs: 900, clockOffsetMs: -3_000 };
    expect(findFlags(odd, { outlier, newestVersion: "1.1" }).map(({ why }) => why)).toEqual([
      "40 % of its last 100 attempts of send failed, against 4 % of 200 on 2 workers beside it",
      "timers fired 900 ms late at its last heartbeat",
      "its clock is 3 s ahead of the database's; due times and leases go by the database's, its logs do not",
      "it runs 1.0; 1.1 is the newest in its pool",
    ]);
  });

  it("are none of a worker that has ended", () => {
    expect(findFlags({ ...worker, endedAtMs: 5 }, { outlier, newestVersion: "2" })).toEqual([]);
  });
});
