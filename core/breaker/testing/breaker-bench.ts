import { advanceBreaker, type BreakerAdvance, type BreakerFacts } from "../advance-breaker.ts";
import { breakerSettingsSchema } from "../breaker-settings.ts";
import { type BreakerState, newBreaker } from "../breaker-state.ts";
import type { DependencyOutcomes } from "../dependency-outcomes.ts";
import { sampleOutcomes } from "./sample-outcomes.ts";

const settings = breakerSettingsSchema.parse({});
type Counts = Partial<DependencyOutcomes>;

/** A breaker that is fed by hand, 100 ms a tick. */
export class BreakerBench {
  nowMs = 1_000_000;
  state: BreakerState = newBreaker(1_000_000);
  last: BreakerAdvance | null = null;
  kinds: string[] = [];

  tick(counts: Counts = {}, given: Partial<BreakerFacts> = {}): BreakerAdvance {
    this.nowMs += 100;
    const outcomes = [sampleOutcomes(this.nowMs - 50, counts)];
    const facts = { nowMs: this.nowMs, outcomes, waiting: 100, settings, random: () => 0.5, forced: null };
    // Whoever takes over has nothing but what was written.
    const stored = JSON.parse(JSON.stringify(this.state)) as BreakerState;
    const advance = advanceBreaker(stored, { ...facts, ...given });
    this.state = advance.state;
    this.last = advance;
    this.kinds.push(...advance.acts.map(({ kind }) => kind));
    return advance;
  }

  ticks(count: number, counts: Counts = {}, given: Partial<BreakerFacts> = {}): BreakerAdvance {
    for (let at = 1; at < count; at += 1) this.tick(counts, given);
    return this.tick(counts, given);
  }

  /** Ticks without a report until a probe is granted; how long that took, ms. */
  untilProbe(): number {
    const fromMs = this.nowMs;
    for (let at = 0; at < 10_000; at += 1) if (this.tick().gate.permits > 0) return this.nowMs - fromMs;
    throw new Error("no probe was granted within 1,000 s");
  }
}
