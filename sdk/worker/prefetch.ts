/** How much work may lie claimed and unstarted: at most this long a stretch of it, ms. */
const bufferMs = 20;
/** Most jobs claimed ahead however fast they finish. */
const longestBuffer = 2_000;

/**
 * How many jobs to hold claimed beyond the free slots: 20 ms of work at the rate at which this worker finishes jobs, which
 * is no more than its slots can do at what an attempt takes in the mean, however many happen to end together. Little for
 * slow handlers, so that priority is decided late; much for quick ones, so that a claim is worth its trip.
 */
export function prefetchJobs(finishedPerSecond: number, slots: number, meanMs: number): number {
  const most = meanMs > 0 ? (slots * 1_000) / meanMs : Number.POSITIVE_INFINITY;
  return Math.min(longestBuffer, Math.floor((Math.min(finishedPerSecond, most) * bufferMs) / 1_000));
}

/** The newest so many attempts carry about two thirds of the weight of the mean. */
const meanOver = 50;

/** Smoothed rate of finishes, and how long an attempt takes in the mean: half of what is known is replaced each 50 ms of work. */
export class FinishRate {
  #perSecond = 0;
  #since: number;
  #finished = 0;
  #known = 0;
  #meanMs = 0;

  constructor(nowMs: number) {
    this.#since = nowMs;
  }

  /** An attempt ended that took so long. */
  add(tookMs: number): void {
    this.#finished++;
    this.#known = Math.min(meanOver, this.#known + 1);
    this.#meanMs += (Math.max(0, tookMs) - this.#meanMs) / this.#known;
  }

  /** Of the newest attempts, ms; 0 before the first. */
  get meanMs(): number {
    return this.#meanMs;
  }

  /** The rate as of now. Spans under 2 ms are not judged yet. */
  perSecond(nowMs: number): number {
    const span = nowMs - this.#since;
    if (span < 2) return this.#perSecond;
    const weight = 1 - 0.5 ** (span / 50);
    const latest = (this.#finished / span) * 1_000;
    // Rising is believed at once: the first claims of a backlog of quick jobs must not stay small.
    this.#perSecond =
      latest > this.#perSecond ? latest : this.#perSecond + weight * (latest - this.#perSecond);
    this.#since = nowMs;
    this.#finished = 0;
    return this.#perSecond;
  }
}
