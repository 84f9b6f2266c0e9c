const steps = [
  { untilMs: 60_000, unitMs: 1_000, unit: "s" },
  { untilMs: 3_600_000, unitMs: 60_000, unit: "min" },
  { untilMs: 172_800_000, unitMs: 3_600_000, unit: "h" },
  { untilMs: Number.POSITIVE_INFINITY, unitMs: 86_400_000, unit: "d" },
] as const;

/** A duration for a sentence: `0 s`, `500 ms`, `3.1 s`, `10 min`, `1.5 h`, `3 d`; at most one decimal. */
export function sayDuration(durationMs: number): string {
  if (durationMs > 0 && durationMs < 999.5)
    return `${trim(durationMs < 10 ? durationMs : Math.round(durationMs))} ms`;
  const step = steps.find(({ untilMs, unitMs }) => durationMs + unitMs / 20 < untilMs) ?? steps[3];
  return `${trim(durationMs / step.unitMs)} ${step.unit}`;
}

function trim(figure: number): string {
  return String(Math.round(figure * 10) / 10);
}
