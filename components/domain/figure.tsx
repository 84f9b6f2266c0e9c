import { formatCount, formatExactCount } from "./format-count.ts";

/** How a number came about: counted, estimated, a lower bound, or counted a moment ago. */
export type Exactness = "exact" | "about" | "at-least" | "as-of";

const marks: Record<Exactness, string> = { exact: "", about: "≈ ", "at-least": "≥ ", "as-of": "" };

/** A count that says what it is; every figure on hover. */
export function Figure({
  value,
  exactness = "exact",
  unit,
  className,
}: {
  value: number;
  exactness?: Exactness;
  unit?: string;
  className?: string;
}) {
  const full = `${marks[exactness]}${formatExactCount(value)}${unit ? ` ${unit}` : ""}`;
  return (
    <span title={full} className={className}>
      {marks[exactness]}
      {formatCount(value)}
      {unit ? <span className="text-ink-3"> {unit}</span> : null}
    </span>
  );
}
