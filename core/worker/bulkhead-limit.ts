/** Never fewer in flight than this, where there are as many slots. */
const least = 4;
/** A dependency of which nothing is known yet gets this share of the slots. */
const firstShare = 0.25;
/** The mean in flight is taken over about so many calls' time. */
const meanOver = 16;
/** The limit counts as reached when this share of it was in flight lately … */
const reachedShare = 0.8;
/** … over about so many calls' time; a quarter of it before the first quiet stretch. */
const reachedOver = 8;
/** Grows only while at least this share of what ended were healthy answers. */
const leastHealthy = 0.5;
/** Comes down when what was needed stayed below this share of it … */
const tooLargeShare = 0.85;
/** … for so long, ms; a minute once it had to grow again, so that it turns round at most twice in a minute. */
const firstQuietMs = 3_000;
const laterQuietMs = 60_000;
/** … and so many generations of calls. */
const leastGenerations = 4;

/** An answer that came, as the limit sees it. */
export interface BulkheadAnswer {
  /** Calls in flight when it came, itself among them. */
  inFlight: number;
  nowMs: number;
}

/**
 * How many calls to a dependency may be in flight at once, learnt from those that were in flight when healthy answers
 * came: their mean is rate × duration (Little's law), and mean + 1.5 √mean + 1 lets all but a few in a hundred of calls
 * that come at random start at once. So a dependency that stops answering holds little more than it held in health.
 * Starts at a quarter of the slots; grows, twofold before the first quiet stretch, when the limit is reached and answers
 * are healthy; never without answers. Comes down to the most that was needed in a quiet stretch. Always within 4 (or
 * all slots, when fewer) … slots.
 */
export class BulkheadLimit {
  readonly #slots: number;
  #limit: number;
  #mean: number;
  #recent: number;
  #healthy = 1;
  #learning = true;
  #quietMs = firstQuietMs;
  #quietSinceMs: number | null = null;
  #mostNeeded = 0;
  #answers = 0;

  /** `slots`: the concurrency of the process, a whole number from 1. */
  constructor(slots: number) {
    this.#slots = slots;
    this.#limit = Math.min(slots, Math.max(least, Math.ceil(slots * firstShare)));
    this.#mean = this.#limit;
    this.#recent = this.#limit / 2;
  }

  /** Calls that may be in flight. */
  get limit(): number {
    return this.#limit;
  }

  /** A call ended without a healthy answer: nothing is learnt but that. */
  unanswered(): void {
    this.#healthy += (0 - this.#healthy) / meanOver;
  }

  /** A healthy answer came. */
  answered({ inFlight, nowMs }: BulkheadAnswer): void {
    this.#healthy += (1 - this.#healthy) / meanOver;
    this.#mean += (inFlight - 1 - this.#mean) / (meanOver * Math.max(least, this.#mean));
    this.#recent +=
      (inFlight - this.#recent) / (this.#limit * (this.#learning ? reachedOver / 4 : reachedOver));
    this.#answers++;
    this.#quietSinceMs ??= nowMs;
    this.#mostNeeded = Math.max(this.#mostNeeded, this.#needed());
    const isReached = this.#recent >= this.#limit * reachedShare && this.#healthy >= leastHealthy;
    const isQuiet = nowMs - this.#quietSinceMs >= this.#quietMs;
    if (isReached && this.#limit < this.#slots) this.#grow(nowMs);
    else if (isQuiet && this.#answers >= this.#limit * leastGenerations) this.#review(nowMs);
  }

  #needed(): number {
    return Math.min(this.#slots, Math.max(least, Math.ceil(this.#mean + 1.5 * Math.sqrt(this.#mean) + 1)));
  }

  #grow(nowMs: number): void {
    const step = this.#learning ? this.#limit : Math.ceil(1.5 * Math.sqrt(this.#limit) + 1);
    if (!this.#learning) this.#quietMs = laterQuietMs;
    this.#limit = Math.min(this.#slots, this.#limit + step);
    // It takes a stretch at the new limit to grow again, and the mean must catch up before it may come down.
    this.#recent = this.#limit / 2;
    this.#mean = Math.max(this.#mean, this.#limit / 2);
    this.#restart(nowMs);
  }

  #review(nowMs: number): void {
    if (this.#mostNeeded <= this.#limit * tooLargeShare) {
      this.#limit = this.#mostNeeded;
      this.#recent = Math.min(this.#recent, this.#limit / 2);
    }
    this.#learning = false;
    this.#restart(nowMs);
  }

  #restart(nowMs: number): void {
    this.#quietSinceMs = nowMs;
    this.#mostNeeded = this.#needed();
    this.#answers = 0;
  }
}
