import type { ScaleState } from "../capacity/decide-scale.ts";
import type { SlotDemand } from "../capacity/find-demand.ts";
import type { Deferral, DeferralState } from "./decide-deferral.ts";
import { calmLevel, type LevelState, type PressureLevel, worseLevel } from "./pressure-level.ts";
import type { StorageVerdict } from "./storage-guard.ts";

/** How pressed a class is, and by what figures. */
export interface ClassPressure {
  state: LevelState;
  /** Predicted wait of a new job, ms; null when nobody can tell. */
  waitMs: number | null;
  budgetMs: number;
  /** Work that goes before it, in ms of one slot. */
  workMs: number;
}

/** The pressure on one crew; see find-crews.ts. `classes` by rank. */
export interface CrewPressure {
  key: string;
  /** Null: the dispatchers that call HTTP targets. */
  pool: string | null;
  definitions: string[];
  lanes: number[];
  workers: number;
  slots: number;
  classes: ClassPressure[];
  deferral: DeferralState;
  /** The slots that would keep every class within its budget; null while nobody can tell. */
  demand: SlotDemand | null;
  /** The workers that are asked for; null for the dispatchers that call HTTP targets. */
  scale: ScaleState | null;
}

/** What thresholds and limits of a queue go by. */
export interface QueuePressure {
  /** Jobs in line and held. */
  depth: number;
  oldestMs: number;
  startsPerSecond: number;
  /** By rank, of a queue with a limit of its own; null of any other. */
  classes: ClassPressure[] | null;
}

/** All pressure as the dispatcher last reckoned it. */
export interface PressureSnapshot {
  atMs: number;
  storage: StorageVerdict;
  crews: CrewPressure[];
  /** Queues with thresholds or limits, by name. */
  queues: Record<string, QueuePressure>;
}

/** Before anything is known: no pressure. */
export const calmSnapshot: PressureSnapshot = {
  atMs: 0,
  storage: { level: "ok", findings: [], facts: null },
  crews: [],
  queues: {},
};

/** A class of a crew that is new. */
export function calmClass(nowMs: number, budgetMs: number): ClassPressure {
  return { state: calmLevel(nowMs), waitMs: 0, budgetMs, workMs: 0 };
}

/** The pressure on a class of a queue: the worst of its crew's and of its own limits', and black over all. */
export interface WorstPressure {
  level: PressureLevel;
  sinceMs: number | null;
  waitMs: number | null;
  budgetMs: number;
}

/** The worse of what presses on a class; `parts` may be empty. */
export function worstOf(
  parts: readonly (ClassPressure | undefined)[],
  storage: StorageVerdict["level"],
  budgetMs: number,
): WorstPressure {
  let worst: WorstPressure = { level: "green", sinceMs: null, waitMs: 0, budgetMs };
  for (const part of parts) {
    if (part === undefined) continue;
    const level = worseLevel(worst.level, part.state.level);
    const longer = (part.waitMs ?? 0) > (worst.waitMs ?? 0) || worst.sinceMs === null;
    worst = {
      level,
      sinceMs: level === part.state.level ? part.state.sinceMs : worst.sinceMs,
      waitMs: longer ? part.waitMs : worst.waitMs,
      budgetMs,
    };
  }
  return storage === "stop" ? { ...worst, level: "black" } : worst;
}

/** The deferral of a crew that is in force. */
export function deferralAt(crew: CrewPressure | undefined, nowMs: number): Deferral | null {
  const deferral = crew?.deferral.deferral ?? null;
  return deferral !== null && nowMs < deferral.untilMs ? deferral : null;
}
