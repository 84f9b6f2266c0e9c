import { parseDuration } from "#core/parse-duration.ts";
import {
  findContradiction,
  type QueueThresholds,
  queueThresholdsSchema,
} from "#core/pressure/queue-thresholds.ts";
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

/** Read a draft by the rules that the server reads by, beside the other limits of the queue. */
export function checkThresholds(
  draft: ThresholdsDraft,
  queue: Parameters<typeof findContradiction>[1],
): CheckedThresholds {
  const typed = draft.depth.trim().replaceAll(",", "");
  const maxDepth = typed === "" ? null : Number(typed);
  const maxOldestMs = draft.oldest.trim() === "" ? null : (parseDuration(draft.oldest) ?? Number.NaN);
  if (maxDepth === null && maxOldestMs === null)
    return { value: null, wrong: { depth: false, oldest: false }, contradiction: null };
  const parsed = queueThresholdsSchema.safeParse({ maxDepth, maxOldestMs, action: draft.action });
  if (!parsed.success) {
    const fields = new Set(parsed.error.issues.map((issue) => issue.path[0]));
    const wrong = { depth: fields.has("maxDepth"), oldest: fields.has("maxOldestMs") };
    return { value: undefined, wrong, contradiction: null };
  }
  const contradiction = findContradiction(parsed.data, queue);
  return {
    value: contradiction === null ? parsed.data : undefined,
    wrong: { depth: false, oldest: false },
    contradiction,
  };
}
