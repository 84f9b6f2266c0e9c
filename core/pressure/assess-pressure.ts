import { decideScale } from "../capacity/decide-scale.ts";
import { findDemand } from "../capacity/find-demand.ts";
import type { ScalingLimits } from "../capacity/scaling-setting.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import type { PrioritySettings } from "../priority/priority-settings.ts";
import { decideDeferral } from "./decide-deferral.ts";
import { type Crew, findCrews, type ServedLane, type ServingGroup } from "./find-crews.ts";
import { type LaneWork, perSecond, runMsOf } from "./learn-work.ts";
import { type LineFacts, predictWaits, type WaitForecast } from "./predict-wait.ts";
import { nextLevel } from "./pressure-level.ts";
import {
  type ClassPressure,
  type CrewPressure,
  calmClass,
  type PressureSnapshot,
  type QueuePressure,
} from "./pressure-snapshot.ts";
import type { StorageVerdict } from "./storage-guard.ts";

/** A lane with what limits its queue. */
export interface PressedLane extends ServedLane {
  queue: string;
  /** Not paused, and no gate shut: what waits in it may start. */
  isOpen: boolean;
  /** Starts a second by the queue's rate limit; null without one. */
  ratePerSecond: number | null;
  maxRunning: number | null;
  /** Its queue has thresholds. */
  hasThresholds: boolean;
}

/** What was counted of a lane and class. */
export interface CountedLine {
  lane: number;
  rank: number;
  available: number;
  held: number;
  oldestRunAtMs: number | null;
}

/** All that is known at one look. */
export interface PressureFacts {
  nowMs: number;
  /** When the lines were counted, ms. */
  countedAtMs: number;
  lanes: readonly PressedLane[];
  lines: readonly CountedLine[];
  groups: readonly ServingGroup[];
  work: ReadonlyMap<number, LaneWork>;
  settings: PrioritySettings;
  scaling: ScalingLimits;
  storage: StorageVerdict;
  /** Depths of queues too deep to be in `lines` whole, by name. */
  deepDepths: ReadonlyMap<string, number>;
}

/** Reckon all pressure anew from what it was and what is seen. Pure. */
export function assessPressure(before: PressureSnapshot, facts: PressureFacts): PressureSnapshot {
  const known = new Map(before.crews.map((crew) => [crew.key, crew]));
  const crews = findCrews(facts.lanes, facts.groups).map((crew) =>
    assessCrew(crew, known.get(crew.key), facts),
  );
  const runMsOfLane = new Map<number, number>();
  for (const crew of crews)
    for (const lane of crew.lanes) {
      const runMs = laneRunMs(lane, crew.lanes, facts);
      if (runMs !== null) runMsOfLane.set(lane, runMs);
    }
  const queues: Record<string, QueuePressure> = {};
  for (const [name, lanes] of Map.groupBy(facts.lanes, (lane) => lane.queue)) {
    const [first] = lanes;
    const limited = first !== undefined && (first.ratePerSecond !== null || first.maxRunning !== null);
    if (!first?.hasThresholds && !limited) continue;
    queues[name] = assessQueue(name, lanes, before.queues[name], runMsOfLane, facts);
  }
  return { atMs: facts.countedAtMs, storage: facts.storage, crews, queues };
}

function assessCrew(crew: Crew, before: CrewPressure | undefined, facts: PressureFacts): CrewPressure {
  const own = new Set(crew.lanes);
  const lanes = facts.lanes.filter((lane) => own.has(lane.id));
  const lines = toLines(lanes, (id) => laneRunMs(id, crew.lanes, facts), facts);
  const running = crew.lanes.reduce((sum, id) => sum + busySlots(facts.work.get(id)), 0);
  // What a worker has taken ahead of its slots counts as running, and as work that takes so much longer.
  const slots = Math.max(crew.slots, running);
  const waits = predictWaits({ lines, slots, settings: facts.settings });
  const classes = toClasses(waits, before?.classes, facts);
  const deferral = decideDeferral(before?.deferral ?? { deferral: null, spentAtMs: null }, {
    nowMs: facts.nowMs,
    levels: classes.map(({ state }) => state.level),
  });
  const demand = findDemand(lines.map(asServable), facts.settings);
  const scale =
    crew.pool === null
      ? null
      : decideScale(
          before?.scale ?? null,
          {
            nowMs: facts.nowMs,
            slotsWanted: demand?.slots ?? null,
            slotsPerWorker: crew.slots / Math.max(1, crew.workers),
            workers: crew.workers,
          },
          facts.scaling,
        );
  return { ...crew, classes, deferral, demand, scale };
}

/** What more slots could do of a line: no more than its own limit lets start, in a minute where it waits. */
function asServable(line: LineFacts): LineFacts {
  const { mostPerSecond } = line;
  if (mostPerSecond === null) return line;
  return {
    ...line,
    arrivalsPerSecond: Math.min(line.arrivalsPerSecond, mostPerSecond),
    waiting: Math.min(line.waiting, Math.ceil(mostPerSecond * 60)),
  };
}

/** A queue with a limit works like one slot that takes a job as long as the limit makes it. */
function assessQueue(
  name: string,
  lanes: readonly PressedLane[],
  before: QueuePressure | undefined,
  runMsOfLane: ReadonlyMap<number, number>,
  facts: PressureFacts,
): QueuePressure {
  const ids = new Set(lanes.map((lane) => lane.id));
  const lines = facts.lines.filter((line) => ids.has(line.lane));
  const counted = lines.reduce((sum, line) => sum + line.available + line.held, 0);
  const oldest = lines.map((line) => ageOf(line.oldestRunAtMs, facts));
  const most = lanes[0] === undefined ? null : mostPerSecond(lanes[0], runMsOfLane);
  const starts = lanes.reduce((sum, { id }) => {
    const work = facts.work.get(id);
    return sum + (work === undefined ? 0 : perSecond(work.ended, work));
  }, 0);
  const waits =
    most === null
      ? null
      : predictWaits({
          lines: toLines(lanes, () => 1_000 / most, facts).map((line) => ({ ...line, mostPerSecond: null })),
          slots: 1,
          settings: { ...facts.settings, reservedShare: 0 },
        });
  return {
    depth: Math.max(counted, facts.deepDepths.get(name) ?? 0),
    oldestMs: Math.max(0, ...oldest),
    startsPerSecond: starts,
    classes: waits === null ? null : toClasses(waits, before?.classes ?? undefined, facts),
  };
}

function toClasses(
  waits: readonly WaitForecast[],
  before: readonly ClassPressure[] | undefined,
  { nowMs, settings }: PressureFacts,
): ClassPressure[] {
  return priorityClasses.map((name, rank) => {
    const { budgetMs } = settings.classes[name];
    const { waitMs = 0, workMs = 0, oldestMs = 0 } = waits[rank] ?? {};
    const { state } = before?.[rank] ?? calmClass(nowMs, budgetMs);
    // A wait that nobody can predict is at least as long as the oldest job has waited.
    return {
      state: nextLevel(state, { nowMs, waitMs: waitMs ?? oldestMs, budgetMs }),
      waitMs,
      budgetMs,
      workMs,
    };
  });
}

function toLines(
  lanes: readonly PressedLane[],
  runMsOf: (lane: number) => number | null,
  facts: PressureFacts,
): LineFacts[] {
  const byId = new Map(lanes.map((lane) => [lane.id, lane]));
  const counted = new Map(facts.lines.map((line) => [`${line.lane} ${line.rank}`, line]));
  const waitingIn = new Map<string, number>();
  for (const { lane, available } of facts.lines) {
    const queue = byId.get(lane)?.queue;
    if (queue !== undefined && available > 0) waitingIn.set(queue, (waitingIn.get(queue) ?? 0) + 1);
  }
  return lanes.flatMap((lane) => {
    const runMs = runMsOf(lane.id);
    const work = facts.work.get(lane.id);
    const most = mostPerSecond(lane, runMs === null ? new Map() : new Map([[lane.id, runMs]]));
    return priorityClasses.flatMap((_, rank): LineFacts[] => {
      const line = counted.get(`${lane.id} ${rank}`);
      const waiting = lane.isOpen ? (line?.available ?? 0) : 0;
      const arrivalsPerSecond =
        work === undefined || !lane.isOpen ? 0 : perSecond(work.submitted[rank] ?? 0, work);
      if (waiting === 0 && arrivalsPerSecond === 0) return [];
      return [
        {
          rank,
          waiting,
          oldestMs: waiting > 0 ? ageOf(line?.oldestRunAtMs ?? null, facts) : 0,
          runMs,
          arrivalsPerSecond,
          mostPerSecond: most === null ? null : most / Math.max(1, waitingIn.get(lane.queue) ?? 1),
        },
      ];
    });
  });
}

/** Starts a second that the limits of a lane's queue allow; null without one that is known in jobs a second. */
function mostPerSecond(lane: PressedLane, runMsOfLane: ReadonlyMap<number, number>): number | null {
  const runMs = runMsOfLane.get(lane.id);
  const capped =
    lane.maxRunning === null || runMs === undefined ? null : (lane.maxRunning * 1_000) / Math.max(1, runMs);
  const most = Math.min(lane.ratePerSecond ?? Number.POSITIVE_INFINITY, capped ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(most) && most > 0 ? most : null;
}

/** What is known of the lane itself, else of its crew. */
function laneRunMs(lane: number, crew: readonly number[], { work }: PressureFacts): number | null {
  return runMsOf([work.get(lane)]) ?? runMsOf(crew.map((id) => work.get(id)));
}

function busySlots(work: LaneWork | undefined): number {
  return work === undefined || work.seenMs <= 0 ? 0 : work.busyMs / work.seenMs;
}

function ageOf(runAtMs: number | null, { countedAtMs }: PressureFacts): number {
  return runAtMs === null ? 0 : Math.max(0, countedAtMs - runAtMs);
}
