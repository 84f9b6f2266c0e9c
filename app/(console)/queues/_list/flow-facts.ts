import type { FlowFacts } from "#core/flow/find-limit.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../_board/find-signal.ts";

/** A row of the Board as what bounds its flow is found from. */
export function flowFacts(queue: BoardQueue): FlowFacts {
  return { ...queue, waiting: waitingJobs(queue) };
}
