import type { LevelState } from "#core/pressure/pressure-level.ts";
import { calmClass, calmSnapshot, type PressureSnapshot } from "#core/pressure/pressure-snapshot.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { savePressure } from "#server/store/pressure/save-pressure.ts";
import type { Engine } from "../engine.ts";

/** What tests say of the pressure; the rest is calm. */
export interface Press {
  /** Level of classes by rank. */
  levels?: Partial<Record<number, LevelState["level"]>>;
  /** Predicted wait of every class, ms. */
  waitMs?: number;
  /** Bulk and deferrable work is kept back. */
  defers?: boolean;
  storage?: PressureSnapshot["storage"]["level"];
  queues?: PressureSnapshot["queues"];
  /** How long ago it was reckoned, ms. */
  ageMs?: number;
}

/** Put a pressure in force for all lanes as the dispatcher would, and have the engine read it. */
export async function press(engine: Engine, { levels = {}, waitMs = 0, ...more }: Press): Promise<void> {
  const nowMs = engine.clock.nowMs();
  const { lanes, priority } = engine.catalog.current;
  const deferral = more.defers ? { sinceMs: nowMs, untilMs: nowMs + 60_000, forRank: 1 } : null;
  const classes = priorityClasses.map((name, rank) => {
    const calm = calmClass(nowMs, priority.classes[name].budgetMs);
    return { ...calm, waitMs, state: { ...calm.state, level: levels[rank] ?? calm.state.level } };
  });
  const crew = { key: "default a", pool: "default", definitions: ["a"], lanes: [...lanes.keys()] };
  const body: PressureSnapshot = {
    atMs: nowMs - (more.ageMs ?? 0),
    storage: { ...calmSnapshot.storage, level: more.storage ?? "ok" },
    crews: [
      {
        ...{ ...crew, workers: 1, slots: 1, classes, demand: null, scale: null },
        deferral: { deferral, spentAtMs: null },
      },
    ],
    queues: more.queues ?? {},
  };
  // Levels are read when they are newer than those that are known.
  await engine.pool.query({ text: "delete from signalbox.pressure" });
  await savePressure(engine.pool, "levels", { atMs: nowMs + 1_000_000, body, tell: false });
  await engine.pressure.check();
}
