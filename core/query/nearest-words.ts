/**
 * Those of `words` that `word` is probably a slip of, the nearest first, three at most: words that begin with it, then
 * words within a third of its length in edits.
 */
export function nearestWords(word: string, words: readonly string[]): string[] {
  const typed = word.toLowerCase();
  const most = Math.max(1, Math.floor(typed.length / 3));
  return words
    .map((candidate) => ({
      candidate,
      edits: typed !== "" && candidate.startsWith(typed) ? 0.5 : edits(typed, candidate),
    }))
    .filter((each) => each.edits <= most)
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours (Damerau 1964). */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 10 || a.length > 100) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
