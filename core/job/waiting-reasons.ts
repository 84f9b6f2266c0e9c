import { isShut } from "../flow/dependency-gate.ts";
import { isPaused } from "../flow/is-paused.ts";
import { isWaiting } from "./job-state.ts";
import type { WaitingFacts } from "./waiting-facts.ts";
import { forcedOpen, limitedDependencies, shutBreakers } from "./waiting-for-dependency.ts";
import {
  capReached,
  definitionPaused,
  keptBack,
  queuePaused,
  queueRateLimited,
} from "./waiting-for-queue.ts";
import { notDue, setAside } from "./waiting-for-time.ts";
import { noWorker } from "./waiting-for-worker.ts";
import { inLine } from "./waiting-in-line.ts";

/** Everything a job can wait for. */
export const waitingReasonKinds = [
  "due-later",
  "backoff",
  "budget-spent",
  "dependency-job",
  "ordering-key",
  "concurrency-key",
  "queue-paused",
  "definition-paused",
  "cap-reached",
  "rate-limit",
  "breaker-open",
  "pressure-deferred",
  "no-worker",
  "in-line",
] as const;
export type WaitingReasonKind = (typeof waitingReasonKinds)[number];

/** What an operator can do about a reason; null on a reason that nobody needs to lift. */
export type WaitingAction =
  | "run-now"
  | "resume-queue"
  | "resume-definition"
  | "raise-cap"
  | "raise-rate"
  | "force-breaker"
  | "start-worker"
  | "reprioritise";

/**
 * One unmet condition of the claim. Exactly one of a job's reasons is `binding`, and it comes first.
 * `untilMs` is when it ends by itself (milliseconds since 1970 UTC), null when nobody can know.
 */
export interface WaitingReason {
  kind: WaitingReasonKind;
  binding: boolean;
  text: string;
  untilMs: number | null;
  ref: { kind: "job" | "queue" | "pool" | "definition" | "dependency"; id: string } | null;
  action: WaitingAction | null;
}

/** A reason before it is known whether it binds. */
export type UnmetCondition = Omit<WaitingReason, "binding">;

/**
 * The conditions of the claim, by the predicates the claim itself asks (core/flow, core/pressure), in the order in which
 * they bind: first what ends only when a person acts (a paused queue or definition, a breaker that is forced open), then
 * what set the job aside, its due time, a missing worker, an open breaker, the cap, the rate of the queue, what a
 * dependency lets through, and what is kept back under pressure.
 */
const conditions: readonly ((facts: WaitingFacts) => readonly UnmetCondition[])[] = [
  queuePaused,
  definitionPaused,
  forcedOpen,
  setAside,
  notDue,
  noWorker,
  shutBreakers,
  capReached,
  queueRateLimited,
  limitedDependencies,
  keptBack,
];

/**
 * Every reason why a job does not run yet, the binding one first; empty for a job that is not waiting. Without `in-line`
 * it is empty exactly when the next claim of a free worker that serves the job's lane may take it.
 */
export function explainWaiting(facts: WaitingFacts): WaitingReason[] {
  if (!isWaiting(facts.job.state)) return [];
  const unmet = conditions
    .flatMap((condition) => condition(facts))
    .filter((reason) => isInTheWay(reason, facts));
  if (isInLine(facts)) unmet.push(inLine(facts, unmet));
  return unmet.map((reason, index) => ({ ...reason, binding: index === 0 }));
}

/** The reason that binds, with less work than all of them; null for a job that is not waiting. */
export function findBindingReason(facts: WaitingFacts): UnmetCondition | null {
  if (!isWaiting(facts.job.state)) return null;
  for (const condition of conditions) {
    const reason = condition(facts).find((each) => isInTheWay(each, facts));
    if (reason !== undefined) return reason;
  }
  return isInLine(facts) ? inLine(facts, []) : null;
}

/** Of a job that is due later, what ends before then is no reason. */
function isInTheWay({ kind, untilMs }: UnmetCondition, { job, nowMs }: WaitingFacts): boolean {
  if (job.runAtMs <= nowMs || kind === "due-later" || kind === "backoff" || kind === "budget-spent")
    return true;
  return kind !== "pressure-deferred" && (untilMs === null || untilMs > job.runAtMs);
}

function isInLine({ job, queue, definition, dependencies }: WaitingFacts): boolean {
  return job.state === "available" && !isPaused({ queue, definition }) && !dependencies.some(isShut);
}
