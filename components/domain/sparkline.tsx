/**
 * A small picture of a series, oldest first, with no axis: for a row of a table. `label` says it in words, with the
 * figures that matter. All-zero series are a flat line.
 */
export function Sparkline({
  label,
  values,
  className = "text-ink-2",
}: {
  label: string;
  values: readonly number[];
  className?: string;
}) {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const points = values
    .map(
      (value, index) =>
        `${(index * step).toFixed(1)},${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`,
    )
    .join(" ");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={className}
    >
      <title>{label}</title>
      <polyline
        points={points}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

const width = 72;
const height = 18;
