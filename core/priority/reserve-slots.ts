/** From this concurrency on at least one slot is reserved whenever a share is. */
const smallestWithReserve = 10;

/**
 * How many jobs a worker may take now: `max` of any class, of which at most `maxOther` below high.
 * The reserve is `reservedShare` of the slots rounded down, at least one from 10 slots on, none where the share
 * rounds to none below that (one of two slots would be half of the worker), and never all slots: at
 * least one is open to every class. Running jobs are never stopped for it; `maxOther` is 0 until they end.
 */
export function slotsFor(input: {
  concurrency: number;
  /** Running jobs of classes below high. */
  runningOther: number;
  free: number;
  reservedShare: number;
}): { max: number; maxOther: number } {
  const { concurrency, runningOther, reservedShare } = input;
  // The billionth undoes binary fractions: 100 × 0.29 is a hair below 29.
  const share = Math.floor(concurrency * reservedShare + 1e-9);
  const least = reservedShare > 0 && concurrency >= smallestWithReserve ? 1 : 0;
  const reserved = Math.min(Math.max(share, least), Math.max(0, concurrency - 1));
  const max = Math.max(0, Math.min(input.free, concurrency));
  return { max, maxOther: Math.max(0, Math.min(max, concurrency - reserved - runningOther)) };
}
