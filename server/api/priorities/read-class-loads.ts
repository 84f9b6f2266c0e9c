import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { ClassLoad } from "#core/priority/simulate-starts.ts";
import { readClassRates } from "#server/store/metrics/read-class-rates.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import type { ApiContext } from "../context.ts";

/** Rates are of the last minute. */
const rateWindowMs = 60_000;

/** What waits and arrives by class, and what there is to do it: the ground of the effect preview. */
export interface ClassLoads {
  /** When depths were counted; null before the first count. */
  depthAtMs: number | null;
  loads: Record<PriorityClass, ClassLoad>;
  slots: number;
  /** Starts a second over the last minute. */
  startsPerSecond: number;
}

/** Read how things stand by class: depths as last counted, rates of the last minute, slots of live workers. */
export async function readClassLoads(ctx: ApiContext): Promise<ClassLoads> {
  const nowMs = ctx.engine.clock.nowMs();
  const [depths, rates, fleet] = await Promise.all([
    readLatestDepths(ctx.db),
    readClassRates(ctx.db, nowMs - rateWindowMs),
    readFleet(ctx.db),
  ]);
  const seconds = rateWindowMs / 1_000;
  const loadOf = (rank: number): ClassLoad => {
    const rows = depths?.rows.filter((row) => row.rank === rank) ?? [];
    const oldest = rows.flatMap(({ oldestRunAtMs }) => (oldestRunAtMs === null ? [] : [oldestRunAtMs]));
    return {
      waiting: rows.reduce((sum, row) => sum + row.available, 0),
      oldestMs: oldest.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...oldest)),
      running: rows.reduce((sum, row) => sum + row.running, 0),
      arrivalsPerSecond: (rates.find((rate) => rate.rank === rank)?.submitted ?? 0) / seconds,
    };
  };
  return {
    depthAtMs: depths?.atMs ?? null,
    loads: Object.fromEntries(
      priorityClasses.map((name, rank) => [name, loadOf(rank)]),
    ) as ClassLoads["loads"],
    slots: fleet.filter(({ state }) => state === "active").reduce((sum, { slots }) => sum + slots, 0),
    startsPerSecond: rates.reduce((sum, { started }) => sum + started, 0) / seconds,
  };
}
