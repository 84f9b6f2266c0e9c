import { BulkheadLimit } from "./bulkhead-limit.ts";
import { RecentDurations } from "./recent-durations.ts";

/** A call is never slow before so long, ms, nor before so many times the usual 95th percentile. */
const leastSlowMs = 250;
const slowFactor = 4;
/** While no duration is known, a call that fails sooner than this was answered, ms. */
const soonMs = 1_000;
/** While nothing answers, one call is tried so long after the last at least, ms, and no sooner than the silence is old. */
const trialEveryMs = 1_000;

/** How a call ended: with a result, with an error, at its limit, or given up for reasons of our own. */
export type CallEnd = "completed" | "failed" | "timed-out" | "given-up";

interface Call {
  startedAtMs: number;
  isOverdue: boolean;
}

/**
 * Bounds what one process has in flight towards one dependency, so that one that hangs cannot take all slots: by a
 * learnt limit ({@link BulkheadLimit}), and by starting no more once the oldest call is overdue and nothing was answered
 * since it began. Times are ms on one clock that never goes back; ids are unique among the calls in flight.
 */
export class Bulkhead {
  readonly #limit: BulkheadLimit;
  readonly #durations = new RecentDurations();
  /** In flight, in the order of their starts. */
  readonly #calls = new Map<string, Call>();
  #answeredAtMs = Number.NEGATIVE_INFINITY;
  #silentSinceMs: number | null = null;
  #nextTrialMs = 0;
  #trial: string | null = null;

  /** `slots`: the concurrency of the process. */
  constructor(slots: number) {
    this.#limit = new BulkheadLimit(slots);
  }

  /** Calls that may be in flight while the dependency answers. */
  get limit(): number {
    return this.#limit.limit;
  }

  get inFlight(): number {
    return this.#calls.size;
  }

  /** Nothing is answered: only a trial may start now and then. */
  get isSilent(): boolean {
    return this.#silentSinceMs !== null;
  }

  /** Whether one more call may start. */
  admits(nowMs: number): boolean {
    if (this.#calls.size >= this.#limit.limit) return false;
    return this.#silentSinceMs === null || (this.#trial === null && nowMs >= this.#nextTrialMs);
  }

  /** How many calls could start within the next `spanMs`: those that fit now, and those that will end by then. */
  roomWithin(spanMs: number): number {
    if (this.#silentSinceMs !== null) return this.#trial === null ? 1 : 0;
    const { limit } = this.#limit;
    const ends = Math.floor((limit * spanMs) / Math.max(1, this.#durations.meanMs ?? spanMs));
    return Math.max(0, limit - this.#calls.size) + ends;
  }

  /** A call starts. */
  started(id: string, nowMs: number): void {
    this.#calls.set(id, { startedAtMs: nowMs, isOverdue: false });
    if (this.#silentSinceMs === null) return;
    this.#trial = id;
    this.#nextTrialMs = nowMs + Math.max(trialEveryMs, nowMs - this.#silentSinceMs);
  }

  /** A call ended. `slowMs` is the dependency's slow limit where somebody knows it. */
  ended(id: string, how: CallEnd, nowMs: number, slowMs: number | null): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    const inFlight = this.#calls.size;
    this.#calls.delete(id);
    if (this.#trial === id) this.#trial = null;
    if (how === "given-up") return;
    const durationMs = nowMs - call.startedAtMs;
    if (how === "completed") {
      this.#durations.add(durationMs);
      this.#limit.answered({ inFlight, nowMs });
      this.trust(nowMs);
      return;
    }
    this.#limit.unanswered();
    // An error that comes soon is an answer too, if no healthy one; one that took as long as a hang is none.
    if (how === "failed" && durationMs <= (this.#patienceMs(slowMs) ?? soonMs)) this.trust(nowMs);
  }

  /** From how long on a call is slow, ms: what is known of the dependency, else of the calls here; null for neither. */
  slowLimitMs(slowMs: number | null): number | null {
    if (slowMs !== null) return slowMs;
    const { p95Ms } = this.#durations;
    return p95Ms === null ? null : Math.max(leastSlowMs, slowFactor * p95Ms);
  }

  /** Calls that have become overdue since this was last asked; looks for silence too, so call it every 100 ms or so. */
  overdue(nowMs: number, slowMs: number | null): string[] {
    this.#listen(nowMs, slowMs);
    const limitMs = this.slowLimitMs(slowMs);
    const found: string[] = [];
    if (limitMs === null) return found;
    for (const [id, call] of this.#calls) {
      if (nowMs - call.startedAtMs <= limitMs) break;
      if (call.isOverdue) continue;
      call.isOverdue = true;
      found.push(id);
    }
    return found;
  }

  /** The dependency was heard, or somebody who sees more than this process lets calls through again. */
  trust(nowMs: number): void {
    this.#answeredAtMs = nowMs;
    this.#silentSinceMs = null;
    this.#trial = null;
  }

  /** What an answer may take: the calls here are as good a measure as what somebody set. Null where nothing is known. */
  #patienceMs(slowMs: number | null): number | null {
    const ownMs = this.slowLimitMs(null);
    return slowMs === null || ownMs === null ? (slowMs ?? ownMs) : Math.min(slowMs, ownMs);
  }

  /** Whether nothing was answered since the oldest call began. */
  #listen(nowMs: number, slowMs: number | null): void {
    const [oldest] = this.#calls.values();
    if (this.#silentSinceMs !== null || oldest === undefined) return;
    const limitMs = this.#patienceMs(slowMs) ?? Number.POSITIVE_INFINITY;
    if (nowMs - oldest.startedAtMs <= limitMs || this.#answeredAtMs > oldest.startedAtMs) return;
    this.#silentSinceMs = nowMs;
    this.#nextTrialMs = nowMs + trialEveryMs;
  }
}
