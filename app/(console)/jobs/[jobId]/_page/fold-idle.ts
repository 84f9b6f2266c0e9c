/** A stretch of time on an axis: drawn by its length, or folded to a fixed width because nothing ran in it. */
export interface AxisPart {
  fromMs: number;
  toMs: number;
  folded: boolean;
}

/** A gap longer than this share of the whole, and than so many ms, is idle time that hides the rest. */
const foldedShare = 0.1;
const foldedMs = 2_000;

/**
 * The axis of a course: gaps between the busy stretches (`busy`, in order of their start) that take more than a tenth of
 * the whole, and more than two seconds, are parts of their own, folded. Parts follow each other without a gap from `fromMs` to `toMs`.
 */
export function foldIdle(
  busy: readonly { fromMs: number; toMs: number }[],
  fromMs: number,
  toMs: number,
  fold: boolean,
): AxisPart[] {
  const spanMs = toMs - fromMs;
  const isIdle = (gapMs: number) => gapMs > Math.max(foldedMs, spanMs * foldedShare);
  const parts: AxisPart[] = [];
  let atMs = fromMs;
  const push = (endMs: number, folded: boolean) => {
    const last = parts[parts.length - 1];
    if (endMs <= atMs) return;
    if (!folded && last && !last.folded) last.toMs = endMs;
    else parts.push({ fromMs: atMs, toMs: endMs, folded });
    atMs = endMs;
  };
  for (const stretch of busy) {
    const startMs = Math.min(Math.max(stretch.fromMs, atMs), toMs);
    push(startMs, fold && isIdle(startMs - atMs));
    push(Math.min(Math.max(stretch.toMs, startMs), toMs), false);
  }
  push(toMs, fold && isIdle(toMs - atMs));
  return parts;
}

/** Width of a folded part, as a share of the whole. */
const foldedWidth = 0.06;

/** Where an instant stands on the axis, 0…1. */
export function placeOn(parts: readonly AxisPart[], atMs: number): number {
  const folds = parts.filter(({ folded }) => folded).length;
  const drawnMs = parts.reduce((sum, part) => sum + (part.folded ? 0 : part.toMs - part.fromMs), 0);
  const each = Math.min(foldedWidth, 0.5 / Math.max(1, folds));
  // With nothing but folds they share the whole.
  const widthOf = (part: AxisPart) =>
    part.folded
      ? drawnMs === 0
        ? 1 / folds
        : each
      : ((part.toMs - part.fromMs) / drawnMs) * (1 - each * folds);
  let at = 0;
  for (const part of parts) {
    const width = widthOf(part);
    if (atMs <= part.toMs) {
      const share = (Math.max(atMs, part.fromMs) - part.fromMs) / Math.max(1, part.toMs - part.fromMs);
      return at + width * Math.min(1, share);
    }
    at += width;
  }
  return Math.min(1, at);
}
