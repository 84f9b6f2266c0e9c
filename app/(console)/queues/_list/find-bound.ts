import { type FlowLimit, findLimit } from "#core/flow/find-limit.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { findBreaker, findSignal, type QueueReasons, waitingJobs } from "../../_board/find-signal.ts";

/** What bounds a queue: its own limits, or a breaker that nothing passes. */
export type QueueBound = FlowLimit | { kind: "breaker"; dependency: string };

/** What bounds a row of the Board; `reasons` are what its jobs wait for. */
export function findBound(queue: BoardQueue, reasons: QueueReasons): QueueBound {
  const { aspect, cause } = findSignal(queue, reasons);
  const breaker = aspect === "stop" && cause === "breaker" ? findBreaker(reasons) : null;
  if (breaker !== null) return { kind: "breaker", dependency: breaker };
  return findLimit({ ...queue, waiting: waitingJobs(queue) });
}
