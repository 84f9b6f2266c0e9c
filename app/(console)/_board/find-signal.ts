import type { SignalAspect } from "#components/domain/signal-gate.tsx";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";

/** What holds the flow of a queue, most binding first. */
export type SignalCause = "paused" | "no-workers" | "cap-reached" | "rate-limit" | "draining";

export interface QueueSignal {
  aspect: SignalAspect;
  cause: SignalCause | null;
}

/** How the signal of a queue stands. Work that merely waits its turn is not held. */
export function findSignal(queue: BoardQueue): QueueSignal {
  if (queue.paused) return { aspect: "stop", cause: "paused" };
  if (waitingJobs(queue) === 0 && queue.drainingSinceMs === null) return { aspect: "open", cause: null };
  if (queue.workers === 0) return { aspect: "stop", cause: "no-workers" };
  if (queue.maxRunning !== null && queue.running >= queue.maxRunning)
    return { aspect: "caution", cause: "cap-reached" };
  if (queue.rateLimit !== null && queue.rateLimit.nextTokenAtMs !== null)
    return { aspect: "caution", cause: "rate-limit" };
  if (queue.drainingSinceMs !== null) return { aspect: "caution", cause: "draining" };
  return { aspect: "open", cause: null };
}

/** Available and held jobs of a queue. */
export function waitingJobs(queue: BoardQueue): number {
  return queue.waiting.reduce((sum, count) => sum + count, 0);
}
