import { sayDuration } from "../say-duration.ts";

/** How far the delays of retries are stretched for one dependency, and what that was decided by; plain JSON. */
export interface BackoffMultiplier {
  /** 1…max; delays are multiplied by it. */
  value: number;
  /** Calls and failures, decayed with a time constant of 30 s. */
  calls: number;
  failures: number;
  /** How full the queue is and how slow the answers are, as parts of what is tolerable, decayed likewise. */
  queue: number;
  slowness: number;
  /** Looks in a row above and below the dead band. */
  above: number;
  below: number;
  lookedMs: number;
  /** Counted since the last look. */
  sinceLook: { calls: number; failures: number };
}

/** Delays as they are, nothing known. */
export function newBackoffMultiplier(nowMs: number): BackoffMultiplier {
  return {
    value: 1,
    calls: 0,
    failures: 0,
    queue: 0,
    slowness: 0,
    above: 0,
    below: 0,
    lookedMs: nowMs,
    sinceLook: { calls: 0, failures: 0 },
  };
}

/** What the multiplier is decided by. Null: not known, and no reason for anything. */
export interface PressureFacts {
  nowMs: number;
  /** Answered since the call before, and of them failed by the dependency's fault or refused. */
  calls: number;
  failures: number;
  /** How long the jobs that wait for the dependency take at the present pace, and how long they may by their class, ms. */
  backlogMs: number | null;
  budgetMs: number | null;
  /** The 99th percentile of its calls now and in the last seven days, ms. */
  p99Ms: number | null;
  usualP99Ms: number | null;
  settings: { enabled: boolean; max: number };
}

/** A change for the log: from what to what, why, and the parts of the pressure. */
export interface MultiplierChange {
  from: number;
  to: number;
  cause: string;
  figures: { pressure: number; failing: number; queue: number; slowness: number; from: number; to: number };
}

const lookEveryMs = 5_000;
const timeConstantMs = 30_000;
/** A tenth of the calls failing is pressure 1. */
const tolerableFailures = 0.1;
/** Calls that are taken to have gone well besides: of a quiet dependency one failure says little. */
const doubtCalls = 20;
/** A 99th percentile of so many times the usual is pressure 1; the usual one itself is half of that. */
const tolerableSlowness = 2;
const raiseAbove = 1.2;
const lowerBelow = 0.8;
const raiseAfter = 2;
const lowerAfter = 6;
const raiseFactor = 1.5;
const lowerFactor = 0.85;

/**
 * Look at a dependency's pressure, at most every 5 s however often it is called: the largest of the share of failures
 * over 10 %, the logarithm of the backlog over its budget, and the 99th percentile over twice the usual. Above 1.2 in
 * two looks the delays grow by half, below 0.8 in six they shrink by 15 %, between them nothing happens: quick to
 * yield, slow to press again, and never back and forth.
 */
export function advanceBackoffMultiplier(
  before: BackoffMultiplier,
  facts: PressureFacts,
): { multiplier: BackoffMultiplier; change: MultiplierChange | null } {
  const { nowMs, settings } = facts;
  const sinceLook = {
    calls: before.sinceLook.calls + facts.calls,
    failures: before.sinceLook.failures + facts.failures,
  };
  const elapsedMs = nowMs - before.lookedMs;
  if (elapsedMs >= 0 && elapsedMs < lookEveryMs && settings.enabled && before.value <= settings.max)
    return { multiplier: { ...before, sinceLook }, change: null };
  const kept = Math.exp(-Math.max(0, elapsedMs) / timeConstantMs);
  const blend = (known: number, now: number) => known * kept + now * (1 - kept);
  const looked: BackoffMultiplier = {
    ...before,
    calls: before.calls * kept + sinceLook.calls,
    failures: before.failures * kept + sinceLook.failures,
    queue: blend(before.queue, backlogPart(facts)),
    slowness: blend(before.slowness, slownessPart(facts)),
    lookedMs: nowMs,
    sinceLook: { calls: 0, failures: 0 },
  };
  const failing = looked.failures / (looked.calls + doubtCalls) / tolerableFailures;
  const pressure = Math.max(failing, looked.queue, looked.slowness);
  const above = pressure > raiseAbove ? before.above + 1 : 0;
  const below = pressure < lowerBelow ? before.below + 1 : 0;
  const value = nextValue(before.value, above, below, settings);
  if (value === before.value) return { multiplier: { ...looked, above, below }, change: null };
  const parts = { pressure, failing, queue: looked.queue, slowness: looked.slowness };
  const change: MultiplierChange = {
    from: before.value,
    to: value,
    cause: sayCause(before.value, value, parts, facts),
    figures: { ...round(parts), from: before.value, to: value },
  };
  return { multiplier: { ...looked, value, above: 0, below: 0 }, change };
}

function nextValue(
  value: number,
  above: number,
  below: number,
  { enabled, max }: PressureFacts["settings"],
): number {
  if (!enabled) return 1;
  if (above >= raiseAfter || value > max)
    return Math.min(max, value * (above >= raiseAfter ? raiseFactor : 1));
  // What is left of 5 % is no stretch worth a look.
  if (below >= lowerAfter) return value * lowerFactor < 1.05 ? 1 : value * lowerFactor;
  return value;
}

function backlogPart({ backlogMs, budgetMs }: PressureFacts): number {
  return backlogMs === null || !budgetMs ? 0 : Math.log2(1 + Math.max(0, backlogMs) / budgetMs);
}

function slownessPart({ p99Ms, usualP99Ms }: PressureFacts): number {
  return p99Ms === null || !usualP99Ms ? 0 : p99Ms / usualP99Ms / tolerableSlowness;
}

type Parts = Pick<MultiplierChange["figures"], "pressure" | "failing" | "queue" | "slowness">;

function sayCause(from: number, to: number, parts: Parts, facts: PressureFacts): string {
  if (!facts.settings.enabled) return "stretching delays was switched off: they are as their policies say";
  if (from > facts.settings.max)
    return `the most that delays may be stretched is ${facts.settings.max} times now`;
  if (to < from)
    return `the pressure has been below ${lowerBelow} for half a minute (${figure(parts.pressure)}): delays shrink from ${figure(from)} to ${figure(to)} times`;
  const why =
    parts.pressure === parts.failing
      ? `${Math.round(parts.failing * tolerableFailures * 100)} % of its calls fail, 10 % are tolerable`
      : parts.pressure === parts.queue
        ? `its jobs wait ${sayDuration(facts.backlogMs ?? 0)}, ${sayDuration(facts.budgetMs ?? 0)} are tolerable`
        : `one call in a hundred takes longer than ${sayDuration(facts.p99Ms ?? 0)}, the usual is ${sayDuration(facts.usualP99Ms ?? 0)}`;
  return `${why} (pressure ${figure(parts.pressure)}): delays grow from ${figure(from)} to ${figure(to)} times`;
}

function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function round(parts: Parts): Parts {
  const cut = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    pressure: cut(parts.pressure),
    failing: cut(parts.failing),
    queue: cut(parts.queue),
    slowness: cut(parts.slowness),
  };
}
