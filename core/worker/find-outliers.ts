/** How attempts of one definition ended on one worker. */
export interface WorkerTally {
  workerId: string;
  definition: string;
  attempts: number;
  failures: number;
}

/** A worker that fails far more than its peers do on the same definition. Shares are 0…1. */
export interface WorkerOutlier {
  workerId: string;
  definition: string;
  attempts: number;
  failures: number;
  share: number;
  /** All the other workers on the same definition, together. */
  peers: number;
  peerAttempts: number;
  peerShare: number;
}

/** Fewer attempts than this tell nothing of a worker, nor of its peers. */
const leastAttempts = 20;
/** Fewer failures than this are no pattern. */
const leastFailures = 5;
/** 99 % two-sided: one false flag in two hundred comparisons on either side, and both sides must agree. */
const z = 2.576;
/** And its share must be so many times that of the peers: a small difference is sure in large numbers, and nothing to act on. */
const leastRatio = 2;

/**
 * Workers whose failure share on a definition is far above that of all others on the same definition, the largest
 * difference first; at most one entry a worker. Far above: the Wilson lower bound of its share lies over the Wilson
 * upper bound of the peers', and the share is at least twice theirs. Wilson: E. B. Wilson, JASA 22 (1927), 209–212.
 */
export function findOutliers(tallies: readonly WorkerTally[]): WorkerOutlier[] {
  const worst = new Map<string, WorkerOutlier>();
  for (const [definition, group] of Map.groupBy(tallies, (tally) => tally.definition)) {
    const attempts = group.reduce((sum, tally) => sum + tally.attempts, 0);
    const failures = group.reduce((sum, tally) => sum + tally.failures, 0);
    for (const tally of group) {
      const peerAttempts = attempts - tally.attempts;
      const peerFailures = failures - tally.failures;
      const enough =
        Math.min(tally.attempts, peerAttempts) >= leastAttempts && tally.failures >= leastFailures;
      if (!enough) continue;
      const share = tally.failures / tally.attempts;
      const peerShare = peerFailures / peerAttempts;
      const apart = wilson(tally.failures, tally.attempts).low > wilson(peerFailures, peerAttempts).high;
      if (!apart || share < peerShare * leastRatio) continue;
      const known = worst.get(tally.workerId);
      if (known && known.share - known.peerShare >= share - peerShare) continue;
      const peers = new Set(group.map((each) => each.workerId)).size - 1;
      worst.set(tally.workerId, { ...tally, definition, share, peers, peerAttempts, peerShare });
    }
  }
  return [...worst.values()].sort((a, b) => b.share - b.peerShare - (a.share - a.peerShare));
}

/** The Wilson score interval of a share. */
function wilson(hits: number, of: number): { low: number; high: number } {
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
