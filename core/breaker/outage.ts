import type { Random } from "../clock.ts";
import type { BreakerSettings } from "./breaker-settings.ts";
import type { TripRule } from "./find-trip.ts";
import type { TickSums } from "./sum-reports.ts";
import type { UsualDuration } from "./usual-duration.ts";

/** An outage while it lasts: what is known of its probes. Times in ms since 1970. */
export interface Outage {
  openedMs: number;
  rule: TripRule;
  /** What a call costs that the dependency fails, ms. */
  costMs: number;
  /** Never probe more often than this, ms: one probe for ten calls of a usual day. */
  leastGapMs: number;
  /** Calls beyond the slow limit that are still unanswered: each is a probe of its own. */
  hung: number;
  hungAtMs: number;
  /** When the next probe is due. */
  probeAtMs: number;
  /** Probes granted and not answered yet. */
  probe: { grantedMs: number; startedMs: number | null } | null;
  probes: number;
  /** Good answers in a row, and how many it takes. */
  good: number;
  needed: number;
  /** Good but slow answers, when slowness opened the breaker. */
  slowGood: number;
}

/** How an outage begins. */
export interface OutageStart {
  rule: TripRule;
  openedMs: number;
  /** Good answers in a row that end it. */
  needed: number;
  bestPerSecond: number | null;
}

/** Of a quiet dependency probes would be most of the calls: one for so many usual ones, but one in 5 s at least. */
const callsForAProbe = 10;
const mostQuietGapMs = 5_000;

/** A fresh outage. The first probe comes after the shortest gap, later when calls are known to be dear. */
export function beginOutage(
  { rule, openedMs, needed, bestPerSecond }: OutageStart,
  nowMs: number,
  settings: BreakerSettings,
): Outage {
  const outage: Outage = {
    openedMs,
    rule,
    costMs: 0,
    leastGapMs:
      bestPerSecond === null ? 0 : Math.min(mostQuietGapMs, (callsForAProbe * 1_000) / bestPerSecond),
    hung: 0,
    hungAtMs: nowMs,
    probeAtMs: nowMs,
    probe: null,
    probes: 0,
    good: 0,
    needed,
    slowGood: 0,
  };
  return { ...outage, probeAtMs: nowMs + probeGapMs(outage, nowMs, settings) };
}

/** What a tick of an outage is decided by. */
export interface OutageFacts {
  nowMs: number;
  sums: TickSums;
  usual: UsualDuration;
  slowMs: number | null;
  settings: BreakerSettings;
  random: Random;
}

/** The outage after a tick, probes granted in it, and whether the dependency is well again. */
export interface OutageAdvance {
  outage: Outage;
  permits: number;
  recovered: boolean;
}

/** Good answers that are as slow as the ones that opened the breaker: after so many, slow is the new usual. */
export const slowIsUsual = 5;
/** Calls that hang are waited for before another is sent after them, at least so long. */
const leastHungWaitMs = 5_000;
/** A probe unanswered for this long, or for three times the usual, is taken for lost. */
const leastAnswerWaitMs = 10_000;
/**
 * A probe granted so long ago and never told to have started is granted once more: whoever took it was killed before it
 * could say so, or nobody has come for it yet. Without this the breaker would wait for it for ever.
 */
const untakenMs = 10_000;

/**
 * One tick of an outage. A probe is granted when its time has come; a good answer is followed by the next at once until
 * there are enough, a bad one by a gap in proportion to the outage so far, and to what the probe cost. While calls of
 * the outage still hang no probe is sent: they are probes enough.
 */
export function advanceOutage(before: Outage, facts: OutageFacts): OutageAdvance {
  const { nowMs, sums, settings, slowMs } = facts;
  let outage = countHung(before, facts);
  const answered = sums.succeeded + sums.failed;
  if (sums.failed > 0) outage = { ...outage, costMs: sums.durationMsSum / answered };
  if (outage.probe === null) {
    if (sums.failed > 0) outage = { ...outage, probeAtMs: Math.max(outage.probeAtMs, dearMs(outage, facts)) };
    // A call from before answers after all: look at once.
    else if (sums.succeeded > sums.slow && nowMs - outage.openedMs > 1_000)
      outage = { ...outage, probeAtMs: Math.min(outage.probeAtMs, nowMs) };
  } else {
    const probe = {
      ...outage.probe,
      startedMs: outage.probe.startedMs ?? (sums.starts > 0 ? nowMs : null),
    };
    outage = { ...outage, probe };
    if (probe.startedMs !== null) {
      const bad = sums.failed + sums.refused;
      const waitMs = Math.max(leastAnswerWaitMs, 3 * facts.usual.meanMs, slowMs ?? 0);
      if (sums.succeeded > 0 && bad === 0) outage = noteGood(outage, facts);
      else if (bad > 0) outage = noteBad(outage, facts);
      else if (sums.overdue > 0 || nowMs - probe.startedMs > waitMs)
        outage = noteBad({ ...outage, costMs: Math.max(outage.costMs, nowMs - probe.startedMs) }, facts);
    }
  }
  if (outage.good >= outage.needed) return { outage, permits: 0, recovered: true };
  if (
    outage.probe !== null &&
    outage.probe.startedMs === null &&
    nowMs - outage.probe.grantedMs > untakenMs
  ) {
    const probe = { grantedMs: nowMs, startedMs: null };
    return { outage: { ...outage, probe }, permits: settings.probes.concurrent, recovered: false };
  }
  const hungWaitMs = Math.max(leastHungWaitMs, 10 * (slowMs ?? 0));
  const hanging = outage.hung > 0 && nowMs < outage.hungAtMs + hungWaitMs;
  if (outage.probe !== null || nowMs < outage.probeAtMs || hanging)
    return { outage, permits: 0, recovered: false };
  const permits = settings.probes.concurrent;
  const probe = { grantedMs: nowMs, startedMs: null };
  return { outage: { ...outage, probe, probes: outage.probes + permits }, permits, recovered: false };
}

function countHung(outage: Outage, { nowMs, sums }: OutageFacts): Outage {
  const hung = Math.max(0, outage.hung + sums.overdue - sums.slow);
  return { ...outage, hung, hungAtMs: sums.overdue > 0 ? nowMs : outage.hungAtMs };
}

function noteGood(outage: Outage, { nowMs, sums, settings }: OutageFacts): Outage {
  const slow = outage.rule === "slow" && sums.slow >= sums.succeeded;
  const slowGood = outage.slowGood + (slow ? 1 : 0);
  if (slow && slowGood < slowIsUsual)
    return { ...outage, slowGood, probe: null, probeAtMs: nowMs + probeGapMs(outage, nowMs, settings) };
  return { ...outage, slowGood, probe: null, good: outage.good + sums.succeeded, probeAtMs: nowMs };
}

function noteBad(outage: Outage, facts: OutageFacts): Outage {
  const { nowMs, settings, random } = facts;
  const grantedMs = outage.probe?.grantedMs ?? nowMs;
  const gapMs = probeGapMs(outage, nowMs, settings) * (0.95 + random() * 0.1);
  const probeAtMs = Math.max(nowMs, grantedMs + gapMs, dearMs(outage, facts));
  return { ...outage, probe: null, good: 0, probeAtMs };
}

/** The earliest next probe by what the last failure cost. */
function dearMs(outage: Outage, { nowMs, settings }: OutageFacts): number {
  return nowMs + Math.min(settings.longestOpenMs, settings.probes.costFactor * outage.costMs);
}

function probeGapMs(outage: Outage, nowMs: number, { probes, longestOpenMs }: BreakerSettings): number {
  return Math.min(
    longestOpenMs,
    Math.max(probes.minGapMs, outage.leastGapMs, probes.gapShare * (nowMs - outage.openedMs)),
  );
}
