import type { Incident } from "../attention/find-incidents.ts";
import type { StorageVerdict } from "../pressure/storage-guard.ts";
import type { Finding } from "./alert.ts";
import { alertKinds } from "./alert.ts";
import { type ClosedGate, findBlockedAlerts } from "./find-blocked-alerts.ts";
import { type EscalatedJobs, findEscalatedAlerts } from "./find-escalated-alerts.ts";
import { findFailureRise } from "./find-failure-rise.ts";
import { type ExpiredLeases, findLostAlerts, type LostWorker } from "./find-lost-alerts.ts";
import { findOverdueAlerts, type LateWork, type OutOfTime } from "./find-overdue-alerts.ts";
import { findStarvedAlerts, type WaitingLine } from "./find-starved-alerts.ts";
import { findStorageAlerts } from "./find-storage-alerts.ts";
import { findStuckAlerts, type HeldAttempt } from "./find-stuck-alerts.ts";
import { findZeroThroughput, type RunningLane } from "./find-zero-throughput.ts";

/** What one look saw, each list bounded by its query. */
export interface StallFacts {
  nowMs: number;
  held: readonly HeldAttempt[];
  running: readonly RunningLane[];
  waiting: readonly WaitingLine[];
  gates: readonly ClosedGate[];
  lostWorkers: readonly LostWorker[];
  expiredLeases: ExpiredLeases | null;
  outOfTime: readonly OutOfTime[];
  late: readonly LateWork[];
  escalated: readonly EscalatedJobs[];
  incidents: readonly Incident[];
  storage: StorageVerdict;
  /** Names of the dependencies that have breakers. */
  dependencies: ReadonlySet<string>;
}

/** Of one kind so many are told of: beyond that it is one thing with many faces. */
const mostOfKind = 50;
/** Nearer than this to its bound is worth remembering. */
const leastLevel = 0.5;

/**
 * Everything that stalls or is near it: the findings of all kinds, worst first within a kind and at most 50 of each,
 * those in `known` before others so that what is open does not give way to what is new.
 */
export function findStalls(facts: StallFacts, known: ReadonlySet<string> = new Set()): Finding[] {
  const { nowMs, gates } = facts;
  const open = new Set(gates.map((gate) => gate.dependency));
  const breakerOf = (name: string) =>
    open.has(name) ? ("open" as const) : facts.dependencies.has(name) ? ("closed" as const) : null;
  const findings = [
    ...findLostAlerts(facts.lostWorkers, facts.expiredLeases, nowMs),
    ...findStuckAlerts(facts.held, nowMs),
    ...findZeroThroughput(facts.running, nowMs),
    ...findBlockedAlerts(gates, nowMs),
    ...findStarvedAlerts(facts.waiting, nowMs),
    ...findOverdueAlerts(facts.outOfTime, facts.late, nowMs),
    ...findEscalatedAlerts(facts.escalated),
    ...findFailureRise(facts.incidents, breakerOf, nowMs),
    ...findStorageAlerts(facts.storage),
  ].filter((finding) => finding.level >= leastLevel);
  const rank = (finding: Finding) => (known.has(finding.key) ? 0 : 1);
  return alertKinds.flatMap((kind) =>
    findings
      .filter((finding) => finding.kind === kind)
      .sort((a, b) => rank(a) - rank(b) || b.level - a.level)
      .slice(0, mostOfKind),
  );
}
