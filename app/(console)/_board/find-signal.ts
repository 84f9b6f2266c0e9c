import type { SignalAspect } from "#components/domain/signal-gate.tsx";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";

/** What holds the flow of a queue, most binding first. */
export type SignalCause = "paused" | "no-workers" | "breaker" | "cap-reached" | "rate-limit" | "draining";

export interface QueueSignal {
  aspect: SignalAspect;
  cause: SignalCause | null;
}

/** What the jobs of a queue wait for, as the Board tells it. */
export type QueueReasons = BoardSnapshot["reasons"][string];

/**
 * How the signal of a queue stands; `reasons` are what its jobs wait for, where that is known. A breaker stops the queue
 * when it holds all that is in line, and is a caution while others pass. Work that merely waits its turn is not held.
 */
export function findSignal(queue: BoardQueue, reasons: QueueReasons = []): QueueSignal {
  if (queue.paused) return { aspect: "stop", cause: "paused" };
  const waiting = waitingJobs(queue);
  if (waiting === 0 && queue.drainingSinceMs === null) return { aspect: "open", cause: null };
  if (queue.workers === 0) return { aspect: "stop", cause: "no-workers" };
  if (waiting > 0 && findBreaker(reasons) !== null)
    return { aspect: reasons.some(({ kind }) => kind === "in-line") ? "caution" : "stop", cause: "breaker" };
  if (queue.maxRunning !== null && queue.running >= queue.maxRunning)
    return { aspect: "caution", cause: "cap-reached" };
  const isSlowed = reasons.some(({ kind }) => kind === "rate-limit");
  if (isSlowed || (queue.rateLimit !== null && queue.rateLimit.nextTokenAtMs !== null))
    return { aspect: "caution", cause: "rate-limit" };
  if (queue.drainingSinceMs !== null) return { aspect: "caution", cause: "draining" };
  return { aspect: "open", cause: null };
}

/** The dependency whose breaker holds most jobs of a queue; null when none does. */
export function findBreaker(reasons: QueueReasons): string | null {
  return reasons.find(({ kind }) => kind === "breaker-open")?.of ?? null;
}

/** Available and held jobs of a queue. */
export function waitingJobs(queue: BoardQueue): number {
  return queue.waiting.reduce((sum, count) => sum + count, 0);
}
