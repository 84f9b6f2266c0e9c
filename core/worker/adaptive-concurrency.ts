import { DurationBaselines } from "./duration-baselines.ts";

/** Between two decisions, ms. */
export const decideEveryMs = 1_000;
/** Slowdowns up to the first are usual, above the second they shrink the limit; between them it stays. */
const usualSlowdown = 1.5;
const tooSlow = 2;
/** How far one decision follows the gradient, and the least it keeps. */
const smoothing = 0.2;
const leastGradient = 0.5;
/** A drop or a veto leaves this share. */
const backOff = 0.9;
/** Attempts that ran into their limit or lost their lease count as a drop from this share of what ended. */
const dropShare = 0.1;
/** A cause to shrink must hold for so many decisions on end. */
const patience = 3;
/** The event loop vetoes above the first, until it is below the second; shares of its time. */
const loopBusy = 0.9;
const loopFree = 0.8;
/** The database vetoes when its 95th percentile is so many times what it usually is. */
const databaseSlow = 3;
const databaseMemory = 600;
const databaseWarmUp = 10;
/** The limit grows only when so much of it is in use. */
const usedShare = 0.8;
/** After it shrank it stays for so long, ms, doubled each time up to the longest when growing ended in shrinking again. */
const firstPauseMs = 60_000;
const longestPauseMs = 480_000;

/** What a process tells of itself at a decision. */
export interface ConcurrencyGauges {
  /** Attempts running now. */
  running: number;
  /** Share of the time since the last decision in which its event loop was busy, 0…1; null where unknown. */
  eventLoopShare: number | null;
  /** 95th percentile of its latest settles, ms; null where unknown. */
  databaseP95Ms: number | null;
}

/** A change of the limit, explained. */
export interface ConcurrencyChange {
  limit: number;
  because: string;
  figures: Record<string, number>;
}

interface Cause {
  /** What is left of the limit, 0…1. */
  keep: number;
  because: string;
  figures: Record<string, number>;
}

/**
 * How many attempts one process runs at once, between `least` and `most`: fewer while they take longer than they used to
 * because there are so many of them, and while its event loop or the database is overloaded. Gradient2 (Netflix
 * concurrency-limits) on slowdown = duration / baseline of the definition, which has no unit, so that mixed definitions
 * work; with a dead band, patience and a pause after each shrinking, so that it turns round at most twice in a minute.
 * Starts at a quarter of `most` and grows by half a second until it first had to shrink.
 */
export class AdaptiveConcurrency {
  readonly #least: number;
  readonly #most: number;
  readonly #baselines = new DurationBaselines();
  #limit: number;
  #because = "it starts with a quarter of its slots";
  #ended = 0;
  #dropped = 0;
  #patience = 0;
  #loopVeto = false;
  #databaseMs: number | null = null;
  #databaseSamples = 0;
  #hasShrunk = false;
  #hasGrown = false;
  #pauseMs = firstPauseMs;
  #shrankAtMs = Number.NEGATIVE_INFINITY;

  /** `least` and `most` are whole numbers, 1 ≤ least ≤ most. */
  constructor(bounds: { least: number; most: number }) {
    this.#least = bounds.least;
    this.#most = bounds.most;
    this.#limit = Math.max(bounds.least, Math.ceil(bounds.most / 4));
  }

  /** Attempts to run at once now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Why it is what it is. */
  get because(): string {
    return this.#because;
  }

  /** An attempt of a definition completed in so long. */
  completed(definition: string, durationMs: number): void {
    this.#ended++;
    this.#baselines.add(definition, durationMs);
  }

  /** An attempt ended otherwise; `dropped` when it ran into its limit or lost its lease. */
  failed(dropped: boolean): void {
    this.#ended++;
    if (dropped) this.#dropped++;
  }

  /** Decide anew; to be called every {@link decideEveryMs}. Returns the change, if there was one. */
  decide(gauges: ConcurrencyGauges, nowMs: number): ConcurrencyChange | null {
    const before = this.limit;
    const slowdown = this.#baselines.slowdown();
    const cause = this.#drop() ?? this.#veto(gauges) ?? this.#gradient(slowdown);
    this.#patience = cause === null ? 0 : this.#patience + 1;
    let because = this.#because;
    let figures: Record<string, number> = {};
    if (cause !== null && this.#patience >= patience) {
      this.#shrink(cause.keep, nowMs);
      ({ because, figures } = cause);
    } else if (cause === null && this.#mayGrow(gauges, slowdown, nowMs)) {
      this.#grow();
      because = "its slots were full and jobs took no longer than usual";
      figures = { running: gauges.running, slowdown: round(slowdown ?? 1) };
    }
    if (this.limit === before) return null;
    this.#because = because;
    return { limit: this.limit, because, figures };
  }

  #drop(): Cause | null {
    const share = this.#ended === 0 ? 0 : this.#dropped / this.#ended;
    const figures = { ended: this.#ended, dropped: this.#dropped };
    this.#ended = 0;
    this.#dropped = 0;
    if (share < dropShare) return null;
    const because = `${percent(share)} of its attempts ran into their limit or lost their lease`;
    return { keep: backOff, because, figures };
  }

  #veto({ eventLoopShare, databaseP95Ms }: ConcurrencyGauges): Cause | null {
    const busy = eventLoopShare ?? 0;
    this.#loopVeto = busy > (this.#loopVeto ? loopFree : loopBusy);
    const database = this.#databaseVeto(databaseP95Ms);
    if (this.#loopVeto)
      return {
        keep: busy > loopBusy ? backOff : 1,
        because: `its event loop was busy ${percent(busy)} of the time`,
        figures: { eventLoopShare: round(busy) },
      };
    return database;
  }

  #databaseVeto(p95Ms: number | null): Cause | null {
    if (p95Ms === null) return null;
    const usualMs = this.#databaseMs;
    if (usualMs !== null && this.#databaseSamples >= databaseWarmUp && p95Ms > databaseSlow * usualMs)
      return {
        keep: backOff,
        because: `settling took ${round(p95Ms)} ms at the 95th percentile, ${round(p95Ms / usualMs)} times the usual`,
        figures: { databaseP95Ms: round(p95Ms), usualMs: round(usualMs) },
      };
    const memory = Math.min(++this.#databaseSamples, databaseMemory);
    this.#databaseMs = usualMs === null ? p95Ms : usualMs + (p95Ms - usualMs) / memory;
    return null;
  }

  #gradient(slowdown: number | null): Cause | null {
    if (slowdown === null || slowdown <= tooSlow) return null;
    const gradient = Math.max(leastGradient, usualSlowdown / slowdown);
    const because = `jobs took ${round(slowdown)} times as long as usual`;
    return { keep: 1 - smoothing + smoothing * gradient, because, figures: { slowdown: round(slowdown) } };
  }

  #shrink(keep: number, nowMs: number): void {
    if (keep === 1 || this.#limit <= this.#least) return;
    if (this.#hasShrunk && this.#hasGrown) this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#hasShrunk = true;
    this.#hasGrown = false;
    this.#shrankAtMs = nowMs;
    this.#limit = Math.max(this.#least, Math.floor(this.#limit * keep * 10) / 10);
  }

  #mayGrow({ running }: ConcurrencyGauges, slowdown: number | null, nowMs: number): boolean {
    const isFast = slowdown !== null && slowdown < usualSlowdown;
    const isUsed = running >= this.limit * usedShare;
    return isFast && isUsed && nowMs - this.#shrankAtMs >= this.#pauseMs;
  }

  #grow(): void {
    const step = this.#hasShrunk ? Math.max(1, Math.sqrt(this.#limit) / 2) : Math.ceil(this.#limit / 2);
    this.#hasGrown ||= this.#limit < this.#most;
    this.#limit = Math.min(this.#most, this.#limit + step);
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
