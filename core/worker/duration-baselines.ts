/** A baseline is the mean of the first so many looks, then follows by one part in so many. */
const warmUp = 3;
const memory = 600;
/** A baseline more than so many times what is seen now was learnt under load: it comes down by this share a look. */
const stale = 2;
const forget = 0.95;
/** Fewer durations than this say nothing: they wait for the next look. */
const leastSeen = 10;

interface Baseline {
  usualMs: number | null;
  looks: number;
  sumMs: number;
  count: number;
}

/**
 * How long attempts of each definition usually take, and how much longer they take now. A look is about a second, so a
 * baseline is the memory of some ten minutes; a slowdown that lasts becomes the usual.
 */
export class DurationBaselines {
  readonly #baselines = new Map<string, Baseline>();
  #slowdown: number | null = null;

  /** An attempt took so long. */
  add(definition: string, durationMs: number): void {
    const baseline = this.#baselines.get(definition);
    if (baseline === undefined) {
      this.#baselines.set(definition, { usualMs: null, looks: 0, sumMs: durationMs, count: 1 });
      return;
    }
    baseline.sumMs += durationMs;
    baseline.count++;
  }

  /**
   * Mean of duration / baseline over what was added since the last look, each attempt counted alike, half of it what it
   * was before; null until a definition has a baseline, which takes three looks. 1 is as usual.
   */
  slowdown(): number | null {
    let weighted = 0;
    let counted = 0;
    for (const baseline of this.#baselines.values()) {
      const { count } = baseline;
      if (count < leastSeen) continue;
      const ratio = look(baseline);
      if (ratio === null) continue;
      weighted += ratio * count;
      counted += count;
    }
    if (counted === 0) return this.#slowdown;
    const latest = weighted / counted;
    this.#slowdown = this.#slowdown === null ? latest : (this.#slowdown + latest) / 2;
    return this.#slowdown;
  }
}

/** Ends a look: how much longer than usual attempts took; null while that is still learnt. */
function look(baseline: Baseline): number | null {
  const latestMs = Math.max(0.01, baseline.sumMs / baseline.count);
  baseline.sumMs = 0;
  baseline.count = 0;
  const usualMs = baseline.usualMs ?? latestMs;
  const isLearning = ++baseline.looks <= warmUp;
  if (!isLearning && usualMs / latestMs > stale) baseline.usualMs = usualMs * forget;
  else baseline.usualMs = usualMs + (latestMs - usualMs) / (isLearning ? baseline.looks : memory);
  return isLearning ? null : latestMs / usualMs;
}
