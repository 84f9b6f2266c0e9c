import { type OutcomeWindow, sumOutcomes } from "./outcome-window.ts";

/** The best throughput of each of the last ten minutes, oldest first. */
export type KnownGood = readonly { minute: number; perSecond: number }[];

const minutes = 10;
const spanMs = 3_000;

/**
 * Remember what the dependency has borne: the most calls a second it answered well over 3 s, by the minute. The second
 * under way is left out, since it is not full yet.
 */
export function noteThroughput(known: KnownGood, window: OutcomeWindow, nowMs: number): KnownGood {
  const { succeeded } = sumOutcomes(window, nowMs - 1_000, spanMs);
  const under = window.at(-1);
  const partial = under && under.second === Math.floor(nowMs / 1_000) ? under.succeeded : 0;
  const perSecond = (Math.max(0, succeeded - partial) * 1_000) / spanMs;
  const minute = Math.floor(nowMs / 60_000);
  const last = known.at(-1);
  if (last?.minute === minute && last.perSecond >= perSecond) return known;
  const kept = known.filter((each) => each.minute > minute - minutes && each.minute !== minute);
  return [...kept, { minute, perSecond: Math.max(perSecond, last?.minute === minute ? last.perSecond : 0) }];
}

/** The best throughput of the last ten minutes in calls a second, or null when nothing is known. */
export function bestThroughput(known: KnownGood): number | null {
  const best = known.reduce((most, each) => Math.max(most, each.perSecond), 0);
  return best > 0 ? best : null;
}
