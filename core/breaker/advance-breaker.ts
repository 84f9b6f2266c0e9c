import type { Random } from "../clock.ts";
import { sayDuration } from "../say-duration.ts";
import type { BreakerAct } from "./breaker-act.ts";
import type { BreakerGate } from "./breaker-gate.ts";
import type { BreakerSettings } from "./breaker-settings.ts";
import type { BreakerState } from "./breaker-state.ts";
import type { DependencyOutcomes } from "./dependency-outcomes.ts";
import { findTrip, type TripRule } from "./find-trip.ts";
import { bestThroughput, noteThroughput } from "./known-good.ts";
import { advanceOutage, beginOutage, type Outage, slowIsUsual } from "./outage.ts";
import { addOutcomes, sumOutcomes } from "./outcome-window.ts";
import { advanceRamp, beginRamp } from "./ramp.ts";
import { advanceLimiter, beginLimiter, limiterRate, type RateLimiter } from "./rate-limiter.ts";
import { sumReports, type TickSums } from "./sum-reports.ts";
import { learnDuration, slowLimitMs, unknownDuration } from "./usual-duration.ts";

/** What one tick of a breaker is decided by. */
export interface BreakerFacts {
  nowMs: number;
  /** All reports since the tick before, of all processes, in any order; sums of several serve as well. */
  outcomes: readonly DependencyOutcomes[];
  /** Jobs that would start now but for this gate, as far as known; a lower bound will do, 0 only when there are none. */
  waiting: number;
  settings: BreakerSettings;
  random: Random;
  /** What an operator has forced it to. */
  forced: "open" | "closed" | null;
}

/** The breaker after a tick, what claims may start, and what it did. */
export interface BreakerAdvance {
  state: BreakerState;
  gate: BreakerGate;
  /** For the automation feed; a ramp is a start and an end, never an act a tick. */
  acts: BreakerAct[];
}

interface Turn {
  state: BreakerState;
  acts: BreakerAct[];
  permits: number;
}
interface TurnFacts extends BreakerFacts {
  sums: TickSums;
}

/** Closed for so long, earlier outages are forgotten. */
const forgetAfterMs = 600_000;
/** Refusals that start a limiter where there was none: in the last seconds, and of its answers. */
const leastRefused = 3;
const leastRefusedShare = 0.02;
const mostRelapses = 5;
const tellEveryMs = 60_000;
/** Older reports tell of the past: they belong into the window, not into what is steered by now. */
const staleMs = 3_000;
/** Answers this much longer than usual are a strain. */
const strainFactor = 3;

/**
 * One tick of a dependency's breaker, called about every 100 ms with what was answered since. Closed it watches; open it
 * holds all jobs and probes, at gaps in proportion to the outage so far; recovering it doubles from half the known good
 * throughput; after that, and whenever the dependency refuses, a limiter finds what it bears. It judges by answers,
 * which may come late and in any order. Forced by an operator it stays as told and goes on watching.
 * docs/adr/0018-breaker.md has the reasons and the figures.
 */
export function advanceBreaker(before: BreakerState, facts: BreakerFacts): BreakerAdvance {
  const fresh = facts.outcomes.filter(({ atMs }) => atMs > facts.nowMs - staleMs);
  const turn = { ...facts, sums: sumReports(fresh) };
  const watched = watch(before, turn);
  const { state, acts, permits } =
    facts.forced === before.forced ? advance(watched, turn) : force(watched, turn);
  return { state, gate: gateOf(state, facts, permits), acts };
}

function advance(state: BreakerState, facts: TurnFacts): Turn {
  if (state.forced === "open") return { state, acts: [], permits: 0 };
  if (state.outage) return probe(state, state.outage, facts);
  if (state.ramp) return climb(state, facts);
  return guard(state, facts);
}

/** What is learned in every phase. */
function watch(before: BreakerState, { nowMs, outcomes, sums, settings }: TurnFacts): BreakerState {
  let window = before.window;
  for (const report of outcomes) window = addOutcomes(window, report, nowMs);
  const usual = learnDuration(before.usual, sums);
  const knownGood =
    before.phase === "closed" && sums.succeeded > 0
      ? noteThroughput(before.knownGood, window, nowMs)
      : before.knownGood;
  const limit = slowLimitMs(usual, settings);
  const near = limit !== null && before.slowMs !== null && Math.abs(limit / before.slowMs - 1) < 0.2;
  const slowMs = near && settings.slowMs === undefined ? before.slowMs : limit && Math.round(limit);
  const quick = sums.succeeded - Math.max(0, sums.slow - sums.failed);
  const failed = Math.max(0, sums.failed - sums.slow);
  const run =
    quick > 0
      ? { bad: 0, failed: 0, overdue: 0 }
      : {
          bad: before.run.bad + failed + sums.overdue,
          failed: before.run.failed + sums.failed,
          overdue: before.run.overdue + sums.overdue,
        };
  return { ...before, window, usual, knownGood, slowMs, run };
}

/** Closed: open when the answers say so, else let the limiter do its part. */
function guard(state: BreakerState, facts: TurnFacts): Turn {
  const { nowMs, settings, forced } = facts;
  const trip = forced === "closed" ? null : findTrip(state.window, state.run, settings, state.slowMs, nowMs);
  if (!trip) return limit(state, facts);
  const again = nowMs - state.sinceMs < forgetAfterMs;
  const relapses = state.rule !== null && again ? Math.min(mostRelapses, state.relapses + 1) : 0;
  const opened = open({ ...state, relapses }, trip.rule, nowMs, facts);
  const best = bestThroughput(state.knownGood);
  const act: BreakerAct = {
    kind: "breaker-opened",
    cause: `${trip.cause}: jobs that need it are held, probes go out from ${sayDuration(settings.probes.minGapMs)} on`,
    figures: { ...trip.figures, rule: trip.rule, bestPerSecond: best ?? 0, relapses },
  };
  return { state: opened, acts: [act], permits: 0 };
}

function open(state: BreakerState, rule: TripRule, openedMs: number, facts: TurnFacts): BreakerState {
  const { nowMs, settings } = facts;
  const bestPerSecond = bestThroughput(state.knownGood);
  const start = { rule, openedMs, needed: 1 + state.relapses, bestPerSecond };
  const outage = beginOutage(start, nowMs, settings);
  const hung = { hung: state.run.overdue, hungAtMs: nowMs };
  return {
    ...enter(state, "open", nowMs),
    rule,
    outage: { ...outage, ...hung },
    run: { bad: 0, failed: 0, overdue: 0 },
  };
}

function probe(state: BreakerState, before: Outage, facts: TurnFacts): Turn {
  const { nowMs, settings } = facts;
  const { outage, permits, recovered } = advanceOutage(before, {
    ...facts,
    usual: state.usual,
    slowMs: state.slowMs,
  });
  const lastedMs = nowMs - outage.openedMs;
  if (recovered) {
    const best = bestThroughput(state.knownGood);
    const ramp = beginRamp(best, perSecond(settings.rateLimit), state.relapses, outage.openedMs, nowMs);
    const act: BreakerAct = {
      kind: "breaker-ramp-started",
      cause: `${outage.good === 1 ? "a probe was" : `${outage.good} probes in a row were`} answered after ${sayDuration(lastedMs)}: held jobs start at ${sayRate(ramp.ratePerSecond)} and more with each healthy step, up to ${sayRate(ramp.targetPerSecond)}`,
      figures: {
        lastedMs,
        probes: outage.probes,
        fromPerSecond: ramp.ratePerSecond,
        toPerSecond: ramp.targetPerSecond,
      },
    };
    const usual = outage.slowGood >= slowIsUsual ? unknownDuration : state.usual;
    return {
      state: { ...enter(state, "recovering", nowMs), window: [], usual, ramp },
      acts: [act],
      permits: 0,
    };
  }
  const first = before.probes === 0 && outage.probes > 0;
  const phase = outage.probe === null ? "open" : "half-open";
  const act: BreakerAct = {
    kind: "breaker-half-open",
    cause: `open for ${sayDuration(lastedMs)}: probes go out one by one, the gap between them growing with the outage`,
    figures: { lastedMs, gapShare: settings.probes.gapShare, minGapMs: settings.probes.minGapMs },
  };
  return { state: { ...state, phase, outage }, acts: first ? [act] : [], permits };
}

/** Recovering: up to what was borne before, back to open when it fails again. */
function climb(state: BreakerState, facts: TurnFacts): Turn {
  const { nowMs, sums } = facts;
  if (!state.ramp) return { state, acts: [], permits: 0 };
  const { ramp, verdict } = advanceRamp(state.ramp, facts);
  if (verdict === "relapsed") {
    const relapses = Math.min(mostRelapses, state.relapses + 1);
    const reopened = open({ ...state, relapses }, state.rule ?? "failures", ramp.openedMs, facts);
    const act: BreakerAct = {
      kind: "breaker-opened",
      cause: `it failed again while recovering: ${ramp.failed} of ${ramp.answered} calls; it takes ${1 + relapses} good probes in a row now`,
      figures: { failed: ramp.failed, calls: ramp.answered, atPerSecond: ramp.ratePerSecond, relapses },
    };
    return { state: reopened, acts: [act], permits: 0 };
  }
  if (verdict === "going" && sums.refused === 0) return { state: { ...state, ramp }, acts: [], permits: 0 };
  const closed = { ...enter(state, "closed", nowMs), limiter: beginLimiter(ramp.ratePerSecond, nowMs) };
  const tookMs = nowMs - ramp.startedMs;
  const act: BreakerAct = {
    kind: "breaker-closed",
    cause: `it bears ${sayRate(ramp.ratePerSecond)} again, ${sayDuration(tookMs)} after the first good probe: ${ramp.failed} of ${ramp.answered} calls failed meanwhile`,
    figures: { tookMs, perSecond: ramp.ratePerSecond, failed: ramp.failed, calls: ramp.answered },
  };
  const limited = limit(closed, facts);
  return { ...limited, acts: [act, ...limited.acts] };
}

/** Closed: the limiter, while there is one or refusals call for one. */
function limit(state: BreakerState, facts: TurnFacts): Turn {
  const { nowMs, sums, waiting } = facts;
  const limiter = state.limiter ?? startLimiter(state, facts);
  if (!limiter) return { state, acts: [], permits: 0 };
  const calls = sums.succeeded + sums.failed;
  const strained = calls > 0 && sums.durationMsSum / calls > strainFactor * state.usual.meanMs;
  const next = advanceLimiter(limiter, {
    nowMs,
    sums,
    waiting,
    strained,
    knownGood: bestThroughput(state.knownGood),
  });
  const acts: BreakerAct[] = [];
  if (next === null)
    acts.push({
      kind: "rate-lifted",
      cause: `the limit of ${sayRate(limiter.ratePerSecond)} has held nothing back for 10 s`,
      figures: { perSecond: limiter.ratePerSecond },
    });
  else if (next.loweredMs === nowMs && isNews(next, nowMs)) {
    next.told = { atMs: nowMs, perSecond: next.ratePerSecond };
    acts.push({
      kind: "rate-lowered",
      cause: `it refused ${sums.refused} of ${sums.refused + calls} calls as too many: starts are held to ${sayRate(next.ratePerSecond)}, what it accepted`,
      figures: { refused: sums.refused, calls: sums.refused + calls, perSecond: next.ratePerSecond },
    });
  }
  return { state: { ...state, limiter: next }, acts, permits: 0 };
}

/** The first lowering of a limit is told, later ones when they differ from what was told, once a minute. */
function isNews({ told, ratePerSecond }: RateLimiter, nowMs: number): boolean {
  if (told === null) return true;
  return nowMs - told.atMs >= tellEveryMs && Math.abs(ratePerSecond / told.perSecond - 1) > 0.1;
}

function startLimiter(state: BreakerState, { nowMs, sums }: TurnFacts): RateLimiter | null {
  if (sums.refused === 0) return null;
  const spanMs = 2_000;
  const { refused, succeeded, failed } = sumOutcomes(state.window, nowMs, spanMs);
  const share = refused / (refused + succeeded + failed);
  if (refused < leastRefused || share < leastRefusedShare) return null;
  // What was asked for; the limiter takes off what was refused.
  const asked = (refused + succeeded + failed) / (1 + (nowMs % 1_000) / 1_000);
  return beginLimiter(Math.max(1, asked), nowMs);
}

function force(state: BreakerState, facts: TurnFacts): Turn {
  const { nowMs, forced } = facts;
  const told = { ...state, forced };
  if (forced === "open") return { state: enter(told, "open", nowMs), acts: [], permits: 0 };
  if (forced === "closed" || state.forced === "closed")
    return {
      state: { ...enter(told, "closed", nowMs), window: [], limiter: state.limiter },
      acts: [],
      permits: 0,
    };
  // No longer forced open: nobody knows how it is, so it is probed first.
  const opened = open(told, state.rule ?? "failures", nowMs, facts);
  return probe(opened, { ...(opened.outage as Outage), probeAtMs: nowMs }, facts);
}

function enter(state: BreakerState, phase: BreakerState["phase"], nowMs: number): BreakerState {
  return { ...state, phase, sinceMs: nowMs, outage: null, ramp: null, limiter: null };
}

function gateOf(state: BreakerState, { nowMs, settings }: BreakerFacts, permits: number): BreakerGate {
  const { phase, outage, slowMs } = state;
  const held = { state: phase, ratePerSecond: 0, burst: Math.max(1, permits), permits, slowMs };
  if (phase === "open") return { ...held, untilMs: outage && Math.ceil(outage.probeAtMs) };
  if (phase === "half-open") return { ...held, untilMs: null };
  const own = state.ramp?.ratePerSecond ?? (state.limiter && limiterRate(state.limiter, nowMs));
  const cap = perSecond(settings.rateLimit);
  const ratePerSecond = own === null ? (settings.rateLimit ? cap : null) : Math.min(own, cap);
  const burst =
    ratePerSecond === null ? 1 : own === null || own >= cap ? (settings.rateLimit?.count ?? 1) : burstOf(own);
  return { state: phase, ratePerSecond, burst, permits: 0, untilMs: null, slowMs };
}

/** A tenth of a second's worth: claims come every 50 ms or so, and what one leaves the next may take. */
function burstOf(ratePerSecond: number): number {
  return Math.max(1, Math.ceil(ratePerSecond / 10));
}

function perSecond(limit: BreakerSettings["rateLimit"]): number {
  return limit ? (limit.count * 1_000) / limit.perMs : Number.POSITIVE_INFINITY;
}

function sayRate(rate: number): string {
  return `${rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate)} calls a second`;
}
