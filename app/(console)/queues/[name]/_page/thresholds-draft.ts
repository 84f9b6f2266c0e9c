import { parseDuration } from "#core/parse-duration.ts";
import { findContradiction, type QueueThresholds, thresholdBounds } from "#core/pressure/queue-thresholds.ts";
import { durationText } from "../../../_parts/duration-text.ts";

/** Thresholds as they are typed. */
export interface ThresholdsDraft {
  depth: string;
  oldest: string;
  action: QueueThresholds["action"];
}

/** What a draft comes to; `value` undefined while a field is wrong. Errors are by field; `other` is about both limits. */
export interface CheckedThresholds {
  value: QueueThresholds | null | undefined;
  wrong: { depth: boolean; oldest: boolean };
  contradiction: { field: "maxDepth" | "maxOldestMs"; message: string } | null;
}

/** Thresholds as text fields. */
export function toThresholdsDraft(thresholds: QueueThresholds | null): ThresholdsDraft {
  const { maxDepth = null, maxOldestMs = null, action = "reject" } = thresholds ?? {};
  return {
    depth: maxDepth === null ? "" : String(maxDepth),
    oldest: maxOldestMs === null ? "" : durationText(maxOldestMs),
    action,
  };
}

/** Read a draft by the bounds that the server reads by, beside the other limits of the queue. */
export function checkThresholds(
  draft: ThresholdsDraft,
  queue: Parameters<typeof findContradiction>[1],
): CheckedThresholds {
  const typed = draft.depth.trim().replaceAll(",", "");
  const maxDepth = typed === "" ? null : Number(typed);
  const maxOldestMs = draft.oldest.trim() === "" ? null : (parseDuration(draft.oldest) ?? Number.NaN);
  if (maxDepth === null && maxOldestMs === null)
    return { value: null, wrong: { depth: false, oldest: false }, contradiction: null };
  const wrong = {
    depth: !isWithin(maxDepth, thresholdBounds.maxDepth),
    oldest: !isWithin(maxOldestMs, thresholdBounds.maxOldestMs),
  };
  if (wrong.depth || wrong.oldest) return { value: undefined, wrong, contradiction: null };
  const value = { maxDepth, maxOldestMs, action: draft.action };
  const contradiction = findContradiction(value, queue);
  return { value: contradiction === null ? value : undefined, wrong, contradiction };
}

function isWithin(value: number | null, { least, most }: { least: number; most: number }): boolean {
  return value === null || (Number.isInteger(value) && value >= least && value <= most);
}
