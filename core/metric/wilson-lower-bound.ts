/**
 * Lower end of the Wilson score interval of a share: with `hits` of `trials` seen, the true share is above it with a
 * confidence of 97.5 % (z 1.96). 0 without trials. E. B. Wilson, JASA 22 (1927) 209–212.
 */
export function wilsonLowerBound(hits: number, trials: number, z = 1.96): number {
  if (trials <= 0) return 0;
  const share = hits / trials;
  const z2 = z * z;
  const centre = share + z2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share) + z2 / (4 * trials)) / trials);
  return Math.max(0, (centre - spread) / (1 + z2 / trials));
}
