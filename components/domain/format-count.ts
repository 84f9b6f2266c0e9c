const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** A count in full up to 99,999, then to three figures: 1,204 · 48,310 · 1.24M. */
export function formatCount(count: number): string {
  return Math.abs(count) < 100_000 ? grouped.format(count) : compact.format(count);
}

/** A count with every figure, for hover texts and tables. */
export function formatExactCount(count: number): string {
  return grouped.format(count);
}
