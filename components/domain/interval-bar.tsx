/** A chance with its interval on a track from 0 to 100 %; its figures stand beside it in words. */
export function IntervalBar({ low, mean, high }: { low: number; mean: number; high: number }) {
  const percent = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <span aria-hidden className="relative inline-block h-3 w-24 shrink-0 align-middle">
      <span className="absolute inset-x-0 top-1/2 h-px bg-line-strong" />
      <span
        className="absolute inset-y-0.5 min-w-0.5 rounded-sm bg-accent opacity-35"
        style={{ left: percent(low), width: percent(high - low) }}
      />
      <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-accent" style={{ left: percent(mean) }} />
    </span>
  );
}
