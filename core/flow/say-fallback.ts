import type { WaitingFallback } from "../job/waiting-facts.ts";
import { sayDuration } from "../say-duration.ts";

/** What the fallback of a held job's definition does about it, to follow the sentence that says what holds it. */
export function sayFallback({ alternate, maxAgeMs, bar, undoneBy, isUnfit }: WaitingFallback): string {
  if (undoneBy !== null)
    return `${undoneBy} took its fallback to ${alternate ?? "cached results"} back while this lasts`;
  if (bar !== null) return `no fallback fits because ${bar}`;
  if (alternate !== null)
    return isUnfit
      ? `no fallback fits because its payload does not fit ${alternate}`
      : `${alternate} takes it over in its turn`;
  return isUnfit
    ? `no fallback fits because no result of its payload younger than ${sayDuration(maxAgeMs ?? 0)} is kept`
    : "a cached result is looked for in its turn";
}
