import { priorityAt } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import { longestDeferralMs } from "./decide-deferral.ts";
import { type PressureLevel, pressureLevels } from "./pressure-level.ts";
import type { ClassPressure, CrewPressure, PressureSnapshot } from "./pressure-snapshot.ts";

/** Something that moved by itself, for the automation feed. */
export interface PressureChange {
  kind:
    | "pressure-rose"
    | "pressure-fell"
    | "work-deferred"
    | "deferral-ended"
    | "workers-wanted"
    | "storage-guard";
  objectKind: "pool" | "queue" | "storage";
  objectId: string;
  cause: string;
  figures: Record<string, number | string | null>;
}

/** Every level, deferral and guard that is not as it was, each with why. */
export function findPressureChanges(before: PressureSnapshot, after: PressureSnapshot): PressureChange[] {
  const known = new Map(before.crews.map((crew) => [crew.key, crew]));
  return [
    ...after.crews.flatMap((crew) => {
      const was = known.get(crew.key);
      const about = { objectKind: "pool" as const, objectId: crew.pool ?? "http" };
      return [
        ...levelChanges(was?.classes, crew.classes, about, crewName(crew)),
        ...deferralChanges(was, crew),
        ...scaleChanges(was, crew),
      ];
    }),
    ...Object.entries(after.queues).flatMap(([name, queue]) =>
      levelChanges(
        before.queues[name]?.classes ?? undefined,
        queue.classes ?? [],
        { objectKind: "queue", objectId: name },
        `the limits of queue ${name}`,
      ),
    ),
    ...storageChanges(before, after),
  ];
}

function levelChanges(
  before: readonly ClassPressure[] | undefined,
  after: readonly ClassPressure[],
  about: Pick<PressureChange, "objectKind" | "objectId">,
  where: string,
): PressureChange[] {
  return after.flatMap((each, rank): PressureChange[] => {
    const from: PressureLevel = before?.[rank]?.state.level ?? "green";
    const to = each.state.level;
    if (from === to) return [];
    const rose = pressureLevels.indexOf(to) > pressureLevels.indexOf(from);
    const name = priorityAt(rank);
    const wait =
      each.waitMs === null ? "for a time nobody can tell" : `≈ ${sayDuration(Math.round(each.waitMs))}`;
    return [
      {
        ...about,
        kind: rose ? "pressure-rose" : "pressure-fell",
        cause: `Class ${name} went from ${from} to ${to} at ${where}: a new job would wait ${wait}, and may wait ${sayDuration(each.budgetMs)}.`,
        figures: { class: name, from, to, waitMs: each.waitMs, budgetMs: each.budgetMs, workMs: each.workMs },
      },
    ];
  });
}

function deferralChanges(before: CrewPressure | undefined, after: CrewPressure): PressureChange[] {
  const was = before?.deferral.deferral ?? null;
  const is = after.deferral.deferral;
  if ((was === null) === (is === null)) return [];
  const about = { objectKind: "pool" as const, objectId: after.pool ?? "http" };
  if (is !== null) {
    const name = priorityAt(is.forRank);
    return [
      {
        ...about,
        kind: "work-deferred",
        cause: `Bulk jobs and deferrable definitions are kept back at ${crewName(after)}, because class ${name} misses its budget; bulk keeps its floor, and it lasts ${sayDuration(longestDeferralMs)} at most.`,
        figures: { for: name, untilMs: is.untilMs, waitMs: after.classes[is.forRank]?.waitMs ?? null },
      },
    ];
  }
  const keptMs = was === null ? 0 : Math.max(0, (after.deferral.spentAtMs ?? was.untilMs) - was.sinceMs);
  const spent = after.deferral.spentAtMs !== null && after.deferral.spentAtMs >= (was?.untilMs ?? 0);
  return [
    {
      ...about,
      kind: "deferral-ended",
      cause: spent
        ? `Bulk jobs and deferrable definitions start again at ${crewName(after)}: they were kept back for ${sayDuration(longestDeferralMs)}, the longest there is.`
        : `Bulk jobs and deferrable definitions start again at ${crewName(after)}: critical and high are within reach of their budgets.`,
      figures: { sinceMs: was?.sinceMs ?? null, ...(spent ? { keptMs } : {}) },
    },
  ];
}

function scaleChanges(before: CrewPressure | undefined, after: CrewPressure): PressureChange[] {
  const from = before?.scale?.workers;
  const to = after.scale?.workers;
  if (from === undefined || to === undefined || from === to) return [];
  const { demand, workers, slots } = after;
  const wanted = demand === null ? null : Math.ceil(demand.slots);
  const whose =
    demand === null || demand.rank === null ? "" : `, most of all for class ${priorityAt(demand.rank)}`;
  const why =
    demand === null
      ? "the limits of scaling were changed"
      : `${wanted} ${wanted === 1 ? "slot keeps" : "slots keep"} every class within its budget${whose}; arrivals alone keep ${Math.round(demand.load * 10) / 10} busy`;
  return [
    {
      objectKind: "pool",
      objectId: after.pool ?? "http",
      kind: "workers-wanted",
      cause: `${to} ${to === 1 ? "worker is" : "workers are"} wanted at ${crewName(after)}, ${from} before; ${workers} ${workers === 1 ? "is" : "are"} there with ${slots} slots: ${why}.`,
      figures: { from, to, workers, slots, slotsWanted: wanted, load: demand?.load ?? null },
    },
  ];
}

function storageChanges(before: PressureSnapshot, after: PressureSnapshot): PressureChange[] {
  const from = before.storage.level;
  const to = after.storage.level;
  if (from === to) return [];
  const [worst] = [...after.storage.findings].sort(
    (a, b) => Number(b.level === "stop") - Number(a.level === "stop"),
  );
  const effect =
    to === "stop"
      ? "only critical jobs are accepted"
      : to === "warn"
        ? "submits are accepted"
        : "all submits are accepted again";
  const why =
    worst === undefined
      ? "nothing is near its bound any more"
      : `${worst.limit} is at ${worst.value}, its bound is ${worst.bound}${worst.holder === null ? "" : `, held by ${worst.holder}`}`;
  return [
    {
      kind: "storage-guard",
      objectKind: "storage",
      objectId: worst?.limit ?? "all",
      cause: `The storage guard went from ${from} to ${to}: ${why}; ${effect}.`,
      figures: { from, to, value: worst?.value ?? null, bound: worst?.bound ?? null },
    },
  ];
}

function crewName({ pool, definitions }: CrewPressure): string {
  const first = definitions.slice(0, 3).join(", ");
  const more = definitions.length > 3 ? ` and ${definitions.length - 3} more` : "";
  return `${pool === null ? "the HTTP targets" : `pool ${pool}`} (${first}${more})`;
}
