import { seededRandom } from "../../random.ts";
import { advanceBreaker } from "../advance-breaker.ts";
import type { BreakerAct } from "../breaker-act.ts";
import { breakerSettingsSchema } from "../breaker-settings.ts";
import { newBreaker } from "../breaker-state.ts";
import { sampleOutcomes } from "./sample-outcomes.ts";

/** A healthy load as it was drawn, and what the breaker made of a minute of it. */
export interface SteadyResult {
  callsPerSecond: number;
  failing: number;
  /** How often state or rate turned round. */
  reversals: number;
  acts: BreakerAct[];
}

const ticks = 600;

/**
 * A minute of steady load by ticks of 100 ms: 0.5 to 1,000 calls a second, 0 to 5 % of them failing by chance, answers
 * of 5 ms to 1.5 s on the average, exponential.
 */
export function runSteadyLoad(seed: number): SteadyResult {
  const random = seededRandom(seed);
  const settings = breakerSettingsSchema.parse({});
  const callsPerSecond = 10 ** (random() * 3.3 - 0.3);
  const failing = random() * 0.05;
  const meanMs = 5 * 10 ** (random() * 2.5);
  const result: SteadyResult = { callsPerSecond, failing, reversals: 0, acts: [] };
  let state = newBreaker(0);
  let last = Number.POSITIVE_INFINITY;
  let direction = 0;
  let due = random();
  for (let tick = 1; tick <= ticks; tick += 1) {
    const nowMs = tick * 100;
    // Spread between half and one and a half of the mean, and carried over, so that quiet loads have whole calls too.
    due += (callsPerSecond / 10) * 2 * random();
    const calls = Math.floor(due);
    due -= calls;
    const failed = drawFailures(calls, failing, random);
    // A sum of exponential durations, by its mean and spread.
    const spread = 2 * (random() + random() + random() - 1.5);
    const durationMsSum = meanMs * Math.max(0, calls + Math.sqrt(calls) * spread);
    const report = sampleOutcomes(nowMs - 60, {
      succeeded: calls - failed,
      failed,
      firstStarts: calls,
      durationMsSum,
    });
    const facts = { nowMs, settings, random, waiting: calls > 0 ? 1 : 0, forced: null };
    const advance = advanceBreaker(state, { ...facts, outcomes: calls > 0 ? [report] : [] });
    state = advance.state;
    result.acts.push(...advance.acts);
    const rate = advance.gate.ratePerSecond ?? Number.POSITIVE_INFINITY;
    const turn = rate === last ? 0 : Math.sign(rate - last);
    if (turn !== 0 && direction !== 0 && turn !== direction) result.reversals += 1;
    if (turn !== 0) direction = turn;
    last = rate;
  }
  return result;
}

/** How many of so many calls fail: by the gaps between failures, which are geometric. */
function drawFailures(calls: number, share: number, random: () => number): number {
  const scale = Math.log(1 - share);
  let failed = 0;
  for (let at = Math.floor(Math.log(1 - random()) / scale); at < calls; failed += 1)
    at += 1 + Math.floor(Math.log(1 - random()) / scale);
  return failed;
}
