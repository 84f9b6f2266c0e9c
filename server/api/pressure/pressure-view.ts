import type { AdmissionCause } from "#core/pressure/admit.ts";
import type { PressureLevel } from "#core/pressure/pressure-level.ts";
import {
  type ClassPressure,
  type CrewPressure,
  deferralAt,
  worstOf,
} from "#core/pressure/pressure-snapshot.ts";
import type { QueueThresholds } from "#core/pressure/queue-thresholds.ts";
import type { StorageVerdict } from "#core/pressure/storage-guard.ts";
import { type PriorityClass, priorityAt, priorityClasses } from "#core/priority/priority-class.ts";
import type { Engine } from "#server/operations/engine.ts";
import { readAdmissions } from "#server/store/pressure/read-admissions.ts";

/** A class with its level and what it goes by. */
export interface PressedClass {
  priority: PriorityClass;
  level: PressureLevel;
  /** Since when it has this level; null while it has never had another. */
  sinceMs: number | null;
  /** Predicted wait of a new job, ms; null when nobody can tell. */
  waitMs: number | null;
  budgetMs: number;
}

/** What is kept back for a class that misses its budget. */
export interface DeferralView {
  sinceMs: number;
  untilMs: number;
  forClass: PriorityClass;
}

/** Workers that share their work, with the classes of it that are pressed. */
export interface PressedCrew {
  /** Null: the dispatchers that call HTTP targets. */
  pool: string | null;
  definitions: string[];
  classes: PressedClass[];
  deferral: DeferralView | null;
}

/** Everything that is not at ease. */
export interface PressureOverview {
  /** When it was reckoned; null while nobody reckons it. */
  atMs: number | null;
  storage: StorageVerdict;
  crews: PressedCrew[];
}

/** The pressure on one queue. */
export interface QueuePressureView {
  atMs: number | null;
  classes: PressedClass[];
  deferral: DeferralView | null;
  thresholds: QueueThresholds | null;
  /** What the thresholds go by; null without any, or while nobody counts. */
  depth: number | null;
  oldestMs: number | null;
  /** Submits of the last hour that were refused, or accepted with a signal, by cause. */
  admissions: { cause: AdmissionCause; refused: number; signalled: number }[];
}

const hourMs = 3_600_000;

type PressureSource = Pick<Engine, "pressure" | "clock">;

/** What presses now, from memory. */
export function viewPressure({ pressure, clock }: PressureSource): PressureOverview {
  const { atMs, storage, crews } = pressure.current;
  const nowMs = clock.nowMs();
  return {
    atMs: atMs === 0 ? null : atMs,
    storage,
    crews: crews.flatMap((crew) => {
      const classes = crew.classes.map(viewClass).filter(({ level }) => level !== "green");
      const deferral = viewDeferral(crew, nowMs);
      if (classes.length === 0 && deferral === null) return [];
      return [{ pool: crew.pool, definitions: crew.definitions, classes, deferral }];
    }),
  };
}

/** The pressure on a queue, or null when there is no such queue. One small query, of what was refused. */
export async function viewQueuePressure(engine: Engine, name: string): Promise<QueuePressureView | null> {
  const { catalog, pressure, clock } = engine;
  const queue = catalog.current.queues.get(name);
  if (queue === undefined) return null;
  const nowMs = clock.nowMs();
  const lanes = [...catalog.current.lanes.values()].filter((lane) => lane.queue.name === name);
  const ids = new Set(lanes.map((lane) => lane.id));
  const snapshot = pressure.current;
  const crews = snapshot.crews.filter((crew) => crew.lanes.some((lane) => ids.has(lane)));
  const gauge = snapshot.queues[name];
  const admissions = await readAdmissions(engine.pool, {
    fromMs: nowMs - hourMs,
    untilMs: nowMs + hourMs,
    queueId: queue.id,
  });
  const deferrals = crews.flatMap((crew) => viewDeferral(crew, nowMs) ?? []);
  return {
    atMs: snapshot.atMs === 0 ? null : snapshot.atMs,
    classes: priorityClasses.map((priority, rank) => {
      const parts = [...crews.map((crew) => crew.classes[rank]), gauge?.classes?.[rank]];
      const { budgetMs } = catalog.current.priority.classes[priority];
      return { priority, ...worstOf(parts, snapshot.storage.level, budgetMs) };
    }),
    deferral: deferrals[0] ?? null,
    thresholds: queue.thresholds,
    depth: queue.thresholds === null ? null : (gauge?.depth ?? null),
    oldestMs: queue.thresholds === null ? null : (gauge?.oldestMs ?? null),
    admissions: admissions.map(({ cause, refused, signalled }) => ({ cause, refused, signalled })),
  };
}

function viewClass({ state, waitMs, budgetMs }: ClassPressure, rank: number): PressedClass {
  return { priority: priorityAt(rank), level: state.level, sinceMs: state.sinceMs, waitMs, budgetMs };
}

function viewDeferral(crew: CrewPressure, nowMs: number): DeferralView | null {
  const deferral = deferralAt(crew, nowMs);
  if (deferral === null) return null;
  return { sinceMs: deferral.sinceMs, untilMs: deferral.untilMs, forClass: priorityAt(deferral.forRank) };
}
