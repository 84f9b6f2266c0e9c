import type { Incident } from "../../attention/find-incidents.ts";
import type { StorageFinding, StorageVerdict } from "../../pressure/storage-guard.ts";
import { findStalls, type StallFacts } from "../find-stalls.ts";
import type { WaitingLine } from "../find-starved-alerts.ts";
import type { HeldAttempt } from "../find-stuck-alerts.ts";
import type { RunningLane } from "../find-zero-throughput.ts";

/** When the facts of these tests are looked at. */
export const nowMs = 10_000_000;
/** Facts of which nothing is wrong. */
export const nothing: StallFacts = {
  ...{ nowMs, held: [], running: [], waiting: [], gates: [], lostWorkers: [], expiredLeases: null },
  ...{ outOfTime: [], late: [], escalated: [], incidents: [], dependencies: new Set(["payments-api"]) },
  storage: { level: "ok", findings: [], facts: null },
};
/** What is found when these facts differ from {@link nothing}. */
export const find = (facts: Partial<StallFacts>) => findStalls({ ...nothing, ...facts });
/** An attempt in hand for 90 s of the 30 it may take. */
export const held = (more: Partial<HeldAttempt> = {}): HeldAttempt => ({
  ...{ jobId: "1", definition: "charge", queue: "billing", workerId: "w1", claimedAtMs: nowMs - 90_000 },
  ...{ movedAtMs: nowMs - 90_000, progress: null, usualMs: 2_000, boundMs: 30_000, runbookUrl: null },
  ...more,
});
/** A line that is starved. */
export const line = (more: Partial<WaitingLine> = {}): WaitingLine => ({
  ...{
    queue: "billing",
    definition: "charge",
    priority: "normal",
    waiting: 40,
    running: 0,
    oldestDueMs: nowMs - 120_000,
  },
  ...{ budgetMs: 60_000, limit: { kind: "workers", busy: 8, slots: 8 }, workers: 2, busy: 8, slots: 8 },
  ...{ runbookUrl: null, ...more },
});
/** A lane that runs and finishes nothing. */
export const running = (more: Partial<RunningLane> = {}): RunningLane => ({
  ...{ queue: "billing", definition: "charge", running: 5, finishedAtMs: nowMs - 90_000 },
  ...{ oldestClaimMs: nowMs - 100_000, usualMs: 2_000, workerIds: ["w1", "w2"], runbookUrl: null },
  ...more,
});
/** A dependency that fails. */
export const incident = (more: Partial<Incident> = {}): Incident => ({
  ...{
    dependency: "payments-api",
    class: "dependency-down",
    origin: "third-party",
    sinceMs: nowMs - 240_000,
  },
  ...{ lastSeenMs: nowMs - 1_000, attempts: 83, deaths: 0, queues: ["billing"] },
  groups: [{ fingerprint: "f1", title: "ECONNREFUSED", attempts: 83 }],
  ...more,
});
/** What the guard says of these findings. */
export const storage = (
  ...findings: (Pick<StorageFinding, "limit" | "level" | "value" | "bound"> & Partial<StorageFinding>)[]
): StorageVerdict => ({
  level: "warn",
  findings: findings.map((finding) => ({ sinceMs: nowMs - 5_000, holder: null, ...finding })),
  facts: { databaseBytes: 5e9, walBytes: 1e9, horizonAge: 900, horizonHolder: null },
});
