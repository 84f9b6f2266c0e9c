const units = [
  { ms: 86_400_000, word: "d" },
  { ms: 3_600_000, word: "h" },
  { ms: 60_000, word: "min" },
  { ms: 1_000, word: "s" },
] as const;

/** A span as it stands in a field: the largest unit that says it exactly with at most one decimal; '90 s' is '1.5 min'. */
export function durationText(ms: number): string {
  for (const unit of units) {
    const count = ms / unit.ms;
    if (count >= 1 && (ms * 10) % unit.ms === 0) return `${count} ${unit.word}`;
  }
  return `${ms} ms`;
}
