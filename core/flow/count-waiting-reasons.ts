import type { WaitingReasonKind } from "../job/waiting-reasons.ts";
import { type FlowFacts, findLimit } from "./find-limit.ts";

/** Jobs that wait for one reason. */
export interface ReasonCount {
  kind: WaitingReasonKind;
  jobs: number;
}

/** What stands in a queue of one definition. */
export interface WaitingPart {
  available: number;
  scheduled: number;
  retryable: number;
  /** Live workers that serve it. */
  workers: number;
}

const kindOf = { paused: "queue-paused", cap: "cap-reached", rate: "rate-limit" } as const;

/**
 * How many jobs of a queue wait for what, most jobs first: each job is counted once, by its binding reason. The
 * predicates are those of `explainWaiting`: a pause binds before a due time, a due time before a missing worker, then the
 * cap, the rate, and the line.
 */
export function countWaitingReasons(queue: FlowFacts, parts: readonly WaitingPart[]): ReasonCount[] {
  const counts = new Map<WaitingReasonKind, number>();
  const add = (kind: WaitingReasonKind, jobs: number) => counts.set(kind, (counts.get(kind) ?? 0) + jobs);
  const limit = findLimit(queue);
  const held =
    limit.kind === "paused" || limit.kind === "cap" || limit.kind === "rate" ? kindOf[limit.kind] : "in-line";
  for (const part of parts) {
    add(queue.paused ? "queue-paused" : "due-later", part.scheduled);
    add(queue.paused ? "queue-paused" : "backoff", part.retryable);
    add(!queue.paused && part.workers === 0 ? "no-worker" : held, part.available);
  }
  return [...counts]
    .map(([kind, jobs]) => ({ kind, jobs }))
    .filter(({ jobs }) => jobs > 0)
    .sort((a, b) => b.jobs - a.jobs);
}
