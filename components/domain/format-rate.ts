import { formatCount } from "./format-count.ts";

/** Events a second, to the figures that mean something: 0 · 0.04 · 3.1 · 48 · 1,204. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return "0";
  if (perSecond < 0.95) return perSecond < 0.01 ? "<0.01" : String(Number(perSecond.toFixed(2)));
  if (perSecond < 9.95) return String(Number(perSecond.toFixed(1)));
  return formatCount(Math.round(perSecond));
}
