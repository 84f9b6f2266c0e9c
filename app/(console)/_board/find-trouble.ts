import type { HeldBreaker } from "#core/attention/find-held-breakers.ts";
import type { Incident } from "#core/attention/find-incidents.ts";
import { forecastDrain } from "#core/flow/forecast-drain.ts";
import { forecastHeld } from "#core/flow/forecast-held.ts";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { findSignal, waitingJobs } from "./find-signal.ts";

/** Why a queue needs somebody: of several reasons the first one binds. */
const bindingOrder = [
  "no-workers",
  "paused",
  "breaker-open",
  "still",
  "failing",
  "cap-reached",
  "growing",
] as const;
export type TroubleKind = (typeof bindingOrder)[number];

/** The same, worst first: a pause is somebody's own act, and comes after what nobody wanted. */
export const troubleKinds: readonly TroubleKind[] = [
  "no-workers",
  "breaker-open",
  "still",
  "failing",
  "paused",
  "cap-reached",
  "growing",
];

export interface Trouble {
  kind: TroubleKind;
  queue: string;
  /** What fails there, of a queue that fails; null while that is not assessed. */
  incident: Incident | null;
  /** What holds a queue whose jobs need a dependency that takes none. */
  breaker: HeldBreaker | null;
  /** How long the backlog of a paused queue keeps its workers at work, ms; null when that is not known. */
  workMs: number | null;
  waiting: number;
  /** Jobs that wait out a backoff. */
  retryable: number;
  /** Share of attempts that failed over the last minute, 0…1. */
  failureShare: number;
  /** The failure class seen most, null without failures. */
  failureClass: string | null;
  growsPerSecond: number;
}

/** A queue fails when at least this share of its attempts does … */
const failingShare = 0.2;
/** … and there were at least so many failures within the minute. */
const failingCount = 5;
/** A backlog below this is not worth a word however it grows. */
const growingJobs = 100;

/** The worst that can be said of a queue, or null: then nothing need be done about it. */
export function findTrouble(queue: BoardQueue, attention: BoardSnapshot["attention"] = null): Trouble | null {
  const { trend } = queue;
  const failing = failureShare(queue);
  const waiting = waitingJobs(queue);
  const forecast = forecastDrain({
    waiting,
    inflow: trend.inflow,
    starts: trend.starts,
    windowMs: trend.windowMs,
  });
  const growsPerSecond = forecast.kind === "grows" ? forecast.perSecond : 0;
  const { cause } = findSignal(queue);
  const breaker =
    attention?.breakers.find(({ isShut, queues }) => isShut && queues.includes(queue.name)) ?? null;
  const applies: Record<TroubleKind, boolean> = {
    "no-workers": cause === "no-workers",
    paused: cause === "paused" && queue.held > 0,
    "breaker-open": breaker !== null,
    still: cause === null && forecast.kind === "still" && queue.running === 0,
    failing: failing >= failingShare && trend.failures >= failingCount,
    "cap-reached": cause === "cap-reached" && forecast.kind !== "clears" && forecast.kind !== "flowing",
    growing: forecast.kind === "grows" && waiting >= growingJobs,
  };
  const kind = bindingOrder.find((each) => applies[each]);
  if (!kind) return null;
  const failureClass = Object.entries(trend.failuresByClass).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const incident =
    kind === "failing" ? attention?.incidents.find(({ queues }) => queues.includes(queue.name)) : null;
  return {
    kind,
    queue: queue.name,
    incident: incident ?? null,
    breaker: kind === "breaker-open" ? breaker : null,
    workMs: kind === "paused" ? heldWorkMs(queue) : null,
    waiting,
    retryable: queue.retryable,
    failureShare: failing,
    failureClass,
    growsPerSecond,
  };
}

/** How long the backlog of a paused queue keeps its workers at work once it goes on, ms; null when that is not known. */
export function heldWorkMs(queue: BoardQueue): number | null {
  if (!queue.paused) return null;
  return forecastHeld({ ...queue, waiting: waitingJobs(queue), runMs: queue.pausedRunMs });
}

/** Share of attempts that failed over the last minute, 0…1. */
export function failureShare({ trend }: BoardQueue): number {
  const ended = trend.completed + trend.failures;
  return ended === 0 ? 0 : trend.failures / ended;
}
