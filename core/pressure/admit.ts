import type { Random } from "../clock.ts";
import { sayDuration } from "../say-duration.ts";
import type { PressureLevel } from "./pressure-level.ts";
import type { PressureSignal } from "./pressure-signal.ts";
import type { QueueThresholds } from "./queue-thresholds.ts";

/** Why a submit was refused, or accepted with a signal. */
export const admissionCauses = ["storage", "predicted-wait", "depth", "oldest"] as const;
export type AdmissionCause = (typeof admissionCauses)[number];

/** What is known when a job is submitted; all of it from memory. */
export interface AdmissionFacts {
  queue: string;
  /** 0 critical … 4 bulk. */
  rank: number;
  /** Whether the definition allows its jobs to be refused under pressure. */
  sheddable: boolean;
  /** Of the job's class, where it would be run. */
  level: PressureLevel;
  waitMs: number | null;
  budgetMs: number;
  thresholds: QueueThresholds | null;
  /** Jobs in line and held in the queue, with those accepted since they were counted. */
  depth: number;
  oldestMs: number;
  /** Starts a second of the queue; 0 when nothing is known. */
  startsPerSecond: number;
}

/** `signal` null: there is no pressure. */
export type Admission =
  | { kind: "accept"; signal: PressureSignal | null; cause: AdmissionCause | null }
  | { kind: "reject"; signal: PressureSignal; cause: AdmissionCause; retryAfterMs: number; because: string };

const criticalRank = 0;
const soonestRetryMs = 1_000;
const latestRetryMs = 300_000;
const longestPaceMs = 60_000;
/** With the storage at its limit somebody has to act first. */
const storageRetryMs = 30_000;
/** When nothing is known of how soon a line gets shorter. */
const unknownRetryMs = 5_000;
/** Refused producers are spread over so much more than the time they are told. */
const spreadShare = 0.25;

/**
 * Accept a job, accept it with a signal, or refuse it and say when to come again. Refused are: below critical
 * everything while the storage is at its limit (black); what a queue's thresholds close out; and under red what is
 * marked sheddable, never critical. Anything else under pressure is accepted and told so. Pure: `random` spreads
 * `retryAfterMs` upwards by up to a quarter, so that the refused do not all come back at once.
 */
export function admit(facts: AdmissionFacts, random: Random): Admission {
  const { level, waitMs, budgetMs, rank } = facts;
  const paceMs = level === "green" ? 0 : Math.min(longestPaceMs, Math.max(0, (waitMs ?? 0) - budgetMs / 2));
  const signal = { level, waitMs, paceMs: Math.round(paceMs) };
  const reject = (cause: AdmissionCause, afterMs: number, because: string): Admission => {
    const spreadMs = Math.max(soonestRetryMs, afterMs) * (1 + spreadShare * random());
    return {
      kind: "reject",
      signal,
      cause,
      retryAfterMs: Math.ceil(Math.min(latestRetryMs, spreadMs)),
      because,
    };
  };
  if (level === "black" && rank !== criticalRank)
    return reject(
      "storage",
      storageRetryMs,
      "the database is at its storage limits and takes critical jobs only",
    );
  const over = overThreshold(facts);
  if (over !== null && facts.thresholds?.action === "reject")
    return reject(over.cause, over.afterMs, over.because);
  if (level === "red" && facts.sheddable && rank !== criticalRank)
    return reject(
      "predicted-wait",
      (waitMs ?? 0) - budgetMs,
      `a job of its class would wait ≈ ${sayDuration(Math.round(waitMs ?? 0))} and may wait ${sayDuration(budgetMs)}, and its definition is sheddable`,
    );
  if (over !== null) {
    const told: PressureSignal = { ...signal, level: level === "green" ? "yellow" : level };
    const pace = Math.max(told.paceMs, Math.min(longestPaceMs, over.afterMs));
    return { kind: "accept", signal: { ...told, paceMs: Math.round(pace) }, cause: over.cause };
  }
  if (level === "green") return { kind: "accept", signal: null, cause: null };
  return { kind: "accept", signal, cause: level === "black" ? "storage" : "predicted-wait" };
}

function overThreshold(
  facts: AdmissionFacts,
): { cause: "depth" | "oldest"; afterMs: number; because: string } | null {
  const { thresholds, depth, oldestMs, queue, startsPerSecond } = facts;
  if (thresholds === null) return null;
  const { maxDepth, maxOldestMs } = thresholds;
  if (maxDepth !== null && depth >= maxDepth) {
    const excess = depth - maxDepth + 1;
    const afterMs = startsPerSecond > 0 ? (excess * 1_000) / startsPerSecond : unknownRetryMs;
    return {
      cause: "depth",
      afterMs,
      because: `queue ${queue} has ${depth} jobs in line and takes ${maxDepth}`,
    };
  }
  if (maxOldestMs !== null && oldestMs >= maxOldestMs)
    return {
      cause: "oldest",
      afterMs: oldestMs - maxOldestMs,
      because: `the oldest job of queue ${queue} has waited ${sayDuration(Math.round(oldestMs))} and may wait ${sayDuration(maxOldestMs)}`,
    };
  return null;
}
