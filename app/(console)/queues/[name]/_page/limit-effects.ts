import type { RateLimit } from "#core/flow/token-bucket.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";

/** The limits of a queue as they would be. */
export interface QueueLimitsDraft {
  maxRunning: number | null;
  maxRunningPerKey: number | null;
  fair: boolean;
  rateLimit: RateLimit | null;
  pool: string;
}

/** What a change of limits will do, in figures of now. */
export type LimitEffect =
  | { kind: "none" }
  | { kind: "cap-waits"; running: number; cap: number; mustEnd: number }
  | { kind: "cap-none"; running: number }
  | { kind: "cap-room"; running: number; more: number }
  | { kind: "cap-off" }
  | { kind: "key-cap"; perKey: number }
  | { kind: "key-cap-off" | "fair-on" | "fair-off" }
  | { kind: "rate-slows" | "rate-holds"; startsPerSecond: number; allowedPerSecond: number }
  | { kind: "rate-takes"; waiting: number; ms: number }
  | { kind: "rate-off" }
  | { kind: "pool"; from: string; to: string }
  | { kind: "pool-empty"; to: string };

/** What would come of new limits, before they are saved; `pools` are those that have live workers. */
export function findLimitEffects(
  queue: BoardQueue,
  next: QueueLimitsDraft,
  pools: readonly string[],
): LimitEffect[] {
  const effects: LimitEffect[] = [];
  if (next.maxRunning !== queue.maxRunning) effects.push(capEffect(queue.running, next.maxRunning));
  if (next.maxRunningPerKey !== queue.maxRunningPerKey)
    effects.push(
      next.maxRunningPerKey === null
        ? { kind: "key-cap-off" }
        : { kind: "key-cap", perKey: next.maxRunningPerKey },
    );
  if (next.fair !== queue.fair) effects.push({ kind: next.fair ? "fair-on" : "fair-off" });
  const { count, perMs } = queue.rateLimit ?? { count: null, perMs: null };
  if ((next.rateLimit?.count ?? null) !== count || (next.rateLimit?.perMs ?? null) !== perMs)
    effects.push(...rateEffects(queue, next.rateLimit));
  if (next.pool !== queue.pool)
    effects.push(
      pools.includes(next.pool)
        ? { kind: "pool", from: queue.pool, to: next.pool }
        : { kind: "pool-empty", to: next.pool },
    );
  return effects.length > 0 ? effects : [{ kind: "none" }];
}

function capEffect(running: number, cap: number | null): LimitEffect {
  if (cap === null) return { kind: "cap-off" };
  if (cap === 0) return { kind: "cap-none", running };
  if (running >= cap) return { kind: "cap-waits", running, cap, mustEnd: running - cap + 1 };
  return { kind: "cap-room", running, more: cap - running };
}

function rateEffects(queue: BoardQueue, limit: RateLimit | null): LimitEffect[] {
  if (limit === null) return [{ kind: "rate-off" }];
  const allowedPerSecond = (limit.count / limit.perMs) * 1_000;
  const startsPerSecond = queue.rates.starts;
  const kind = startsPerSecond > allowedPerSecond ? "rate-slows" : "rate-holds";
  const waiting = waitingJobs(queue);
  const takesMs = (Math.max(0, waiting - limit.count) / allowedPerSecond) * 1_000;
  const first: LimitEffect = { kind, startsPerSecond, allowedPerSecond };
  return takesMs > 0 ? [first, { kind: "rate-takes", waiting, ms: takesMs }] : [first];
}
