/** Durations remembered: enough for a 95th percentile, few enough to follow a service that has become slower. */
const kept = 64;
/** Fewer than this say nothing of the tail. */
const leastKnown = 8;
/** The percentile is taken anew after so many more. */
const staleAfter = 8;

/** The latest durations of one kind of call, and what they say of the next. */
export class RecentDurations {
  readonly #ring = new Float64Array(kept);
  #count = 0;
  #sumMs = 0;
  #p95Ms: number | null = null;
  #p95At = 0;

  /** Enter a duration, ms. */
  add(durationMs: number): void {
    const at = this.#count++ % kept;
    this.#sumMs += durationMs - (this.#ring[at] ?? 0);
    this.#ring[at] = durationMs;
  }

  /** Of those remembered; null before the first. */
  get meanMs(): number | null {
    return this.#count === 0 ? null : this.#sumMs / Math.min(this.#count, kept);
  }

  /** 95th percentile of those remembered; null until there are eight. Follows within eight more. */
  get p95Ms(): number | null {
    if (this.#count < leastKnown) return null;
    if (this.#p95Ms === null || this.#count - this.#p95At >= staleAfter) {
      const sorted = this.#ring.slice(0, Math.min(this.#count, kept)).sort();
      this.#p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
      this.#p95At = this.#count;
    }
    return this.#p95Ms;
  }
}
