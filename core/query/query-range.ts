import type { NumberRange } from "./job-condition.ts";

const figure = "-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
const compared = new RegExp(`^(>=|<=|>|<)(${figure})$`);
const between = new RegExp(`^(${figure})\\.\\.(${figure})$`);

/** `>3`, `>=3`, `<3`, `<=3` or `3..9` as bounds; null for anything else, and for bounds that are no finite numbers. */
export function parseQueryRange(text: string): NumberRange | null {
  const [, sign, bound] = compared.exec(text) ?? [];
  const [, from, to] = between.exec(text) ?? [];
  const [one, two] = [toNumber(bound ?? from), toNumber(to)];
  if (!Number.isFinite(one)) return null;
  if (sign === ">") return { above: one };
  if (sign === ">=") return { atLeast: one };
  if (sign === "<") return { below: one };
  if (sign === "<=") return { atMost: one };
  return Number.isFinite(two) ? { atLeast: one, atMost: two } : null;
}

/** Bounds as {@link parseQueryRange} reads them. */
export function formatQueryRange(range: NumberRange): string {
  if ("above" in range) return `>${range.above}`;
  if ("below" in range) return `<${range.below}`;
  if (!("atLeast" in range)) return `<=${range.atMost}`;
  return range.atMost === undefined ? `>=${range.atLeast}` : `${range.atLeast}..${range.atMost}`;
}

/** Minus zero is zero, so that what is written reads back as the same. */
function toNumber(text: string | undefined): number {
  return text === undefined ? Number.NaN : Number(text) + 0;
}
