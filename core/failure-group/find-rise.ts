/** A rate that went up and stayed up. */
export interface Rise {
  /** Which bucket the higher rate began with. */
  from: number;
  /** Events a bucket since then, and before. */
  after: number;
  before: number;
}

/** How much likelier two rates must be than one: twice the difference of log-likelihoods, about p < 0.001. */
const leastEvidence = 11;
const leastFactor = 2;
/** A rise that is over again is none: the newest buckets must still hold this share of the higher rate. */
const leastShareNow = 0.5;
const newest = 3;

const logLikelihood = (events: number, buckets: number) =>
  events === 0 ? 0 : events * Math.log(events / buckets) - events;

/**
 * Where a series of counts, oldest first, rose to a higher rate that still holds, or null. The most likely single
 * change of a Poisson rate (likelihood ratio over every split), kept only when the rate at least doubled, the evidence
 * is strong, and the newest three buckets still run at half of it or more. Pure; time linear in the buckets.
 */
export function findRise(counts: readonly number[]): Rise | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || counts.length < 2) return null;
  const whole = logLikelihood(total, counts.length);
  let best: (Rise & { evidence: number }) | null = null;
  let before = 0;
  for (let split = 1; split < counts.length; split += 1) {
    before += counts[split - 1] ?? 0;
    const later = counts.length - split;
    const rise = { from: split, before: before / split, after: (total - before) / later };
    const evidence = 2 * (logLikelihood(before, split) + logLikelihood(total - before, later) - whole);
    if (rise.after >= leastFactor * rise.before && evidence > (best?.evidence ?? leastEvidence))
      best = { ...rise, evidence };
  }
  if (best === null) return null;
  const { evidence: _, ...rise } = best;
  const tail = counts.slice(Math.max(best.from, counts.length - newest));
  const now = tail.reduce((sum, count) => sum + count, 0) / tail.length;
  return now >= leastShareNow * best.after ? rise : null;
}
