import { dependencyRoom, isLimited, isShut } from "../flow/dependency-gate.ts";
import { sayFallback } from "../flow/say-fallback.ts";
import { nextTokenAtMs } from "../flow/token-bucket.ts";
import { sayDuration } from "../say-duration.ts";
import type { WaitingDependency, WaitingFacts, WaitingFallback } from "./waiting-facts.ts";
import type { UnmetCondition } from "./waiting-reasons.ts";

/** Breakers that an operator forced open: they stay so until somebody acts, or the time is over that was set with it. */
export function forcedOpen({ dependencies, nowMs, fallback }: WaitingFacts): UnmetCondition[] {
  return dependencies
    .filter((each) => isShut(each) && each.forced !== null)
    .map((each) => {
      const { name, forcedBy, forcedReason, forcedUntilMs } = each;
      const left =
        forcedUntilMs === null ? "" : ` for another ${sayDuration(Math.max(0, forcedUntilMs - nowMs))}`;
      const why = forcedReason ? `: ${forcedReason}` : "";
      return held(each, {
        text: `the breaker of ${name} is forced open by ${forcedBy ?? "an operator"}${left}${why}${alsoFallback(fallback)}`,
        untilMs: forcedUntilMs,
      });
    });
}

/** Breakers that are open by their policy. */
export function shutBreakers({ dependencies, nowMs, fallback }: WaitingFacts): UnmetCondition[] {
  return dependencies
    .filter((each) => isShut(each) && each.forced === null)
    .map((each) => {
      const { name, sinceMs, untilMs, cause } = each;
      const since = sinceMs === null ? "" : ` for ${sayDuration(Math.max(0, nowMs - sinceMs))}`;
      // What follows the colon tells what was done about it.
      const why = cause === null ? "" : `, after ${cause.split(": ", 1)[0]}`;
      const probe =
        untilMs === null
          ? ""
          : untilMs > nowMs
            ? `; next probe in ${sayDuration(untilMs - nowMs)}`
            : "; the next probe is due";
      return held(each, {
        text: `the breaker of ${name} has been open${since}${why}${probe}${alsoFallback(fallback)}`,
        untilMs: null,
      });
    });
}

/** Dependencies that let some through, and have no token left. */
export function limitedDependencies({ dependencies, nowMs, fallback }: WaitingFacts): UnmetCondition[] {
  return dependencies
    .filter((each) => !isShut(each) && isLimited(each) && dependencyRoom(each, nowMs) === 0)
    .map((each) => {
      const { name, state, ratePerSecond, bucket } = each;
      if (state === "half-open")
        return held(each, {
          text: `the breaker of ${name} is half-open: single calls try it, and this job waits for what they show${alsoFallback(fallback)}`,
          untilMs: null,
        });
      const atMs = bucket === null ? null : nextTokenAtMs(bucket, nowMs);
      const next = atMs === null ? "" : `, the next in ${sayDuration(atMs - nowMs)}`;
      const rate = ratePerSecond === null ? "some" : sayRate(ratePerSecond);
      if (state === "recovering")
        return held(each, {
          text: `the breaker of ${name} is recovering: ${rate} are let through${next}`,
          untilMs: atMs,
        });
      return {
        kind: "rate-limit",
        text: `starts that need ${name} are held to ${rate}${next}`,
        untilMs: atMs,
        ref: { kind: "dependency", id: name },
        action: "raise-rate",
      };
    });
}

/** What follows in the sentence about a breaker that holds a job whose definition names a fallback. */
function alsoFallback(fallback: WaitingFallback | null): string {
  return fallback === null ? "" : `; ${sayFallback(fallback)}`;
}

function held({ name }: WaitingDependency, said: Pick<UnmetCondition, "text" | "untilMs">): UnmetCondition {
  return { kind: "breaker-open", ...said, ref: { kind: "dependency", id: name }, action: "force-breaker" };
}

/** `12 a second`, or `1 in 4 s`. */
function sayRate(perSecond: number): string {
  if (perSecond < 1) return `1 in ${sayDuration(1_000 / perSecond)}`;
  return `${perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)} a second`;
}
