import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import type { Engine } from "#server/operations/engine.ts";

/** What workers that share their work are asked for, against what there is. */
export interface WorkerDemand {
  pool: string;
  definitions: string[];
  workers: number;
  slots: number;
  /** Workers and slots that would keep every class within its budget; slots null while nobody can tell. */
  wantedWorkers: number;
  wantedSlots: number | null;
  /** Slots that arrivals alone keep busy; null while nobody can tell. */
  load: number | null;
  /** The class whose budget asks for most of them. */
  forClass: PriorityClass | null;
}

/** The workers that pools want, from memory; without dispatchers, which call HTTP targets by themselves. */
export function viewDemand({ pressure }: Pick<Engine, "pressure">): WorkerDemand[] {
  return pressure.current.crews.flatMap(({ pool, definitions, workers, slots, demand, scale }) => {
    if (pool === null || !scale) return [];
    const rank = demand?.rank ?? null;
    return [
      {
        ...{ pool, definitions, workers, slots, wantedWorkers: scale.workers },
        wantedSlots: demand?.slots ?? null,
        load: demand?.load ?? null,
        forClass: rank === null ? null : priorityAt(rank),
      },
    ];
  });
}
