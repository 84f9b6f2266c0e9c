import type { PrioritySettings } from "./priority-settings.ts";
import { priorityKey } from "./virtual-deadline.ts";

/** Ids compare by `<`: numbers and bigints by value, text by code unit (as Postgres orders uuids). */
export type HeadId = string | number | bigint;

export interface ClaimHead<Id extends HeadId = string> {
  lane: number;
  rank: number;
  runAtMs: number;
  id: Id;
}

export interface MergedClaim<Id extends HeadId = string> {
  /** The jobs to start, in the order of the merge. */
  picked: Id[];
  /** How many of them each lane and class gives: what the claim locks. Sorted by lane, then rank. */
  quotas: { lane: number; rank: number; count: number }[];
}

/** Ranks up to this one (critical and high) may use reserved slots. */
export const lastReservedRank = 1;

/**
 * The merge of the claim, as the statement in the database does it: of the heads of every lane and class take
 * `n`, the floors of each class first (its oldest `floors[rank]` heads), then by priority key, run time, id.
 * At most `maxOther` come from the classes below high, floors included. Give at least the first `n`
 * heads of each lane and class; their order does not matter. Quick for thousands of heads, never mutates them.
 */
export function mergeQuotas<Id extends HeadId>(input: {
  heads: readonly ClaimHead<Id>[];
  n: number;
  settings: PrioritySettings;
  /** By rank. */
  floors: readonly number[];
  maxOther: number;
  nowMs: number;
}): MergedClaim<Id> {
  const { heads, n, settings, floors, maxOther, nowMs } = input;
  const floorsUsed = floors.map(() => 0);
  const ranked = [...heads].sort(byAge).map((head) => {
    const used = floorsUsed[head.rank] ?? 0;
    const isFloor = used < (floors[head.rank] ?? 0);
    if (isFloor) floorsUsed[head.rank] = used + 1;
    return { head, isFloor, key: priorityKey({ rank: head.rank, runAtMs: head.runAtMs, nowMs, settings }) };
  });
  ranked.sort((a, b) => Number(b.isFloor) - Number(a.isFloor) || a.key - b.key || byAge(a.head, b.head));

  const picked: Id[] = [];
  const counts = new Map<string, MergedClaim<Id>["quotas"][number]>();
  let others = 0;
  for (const { head } of ranked) {
    if (picked.length >= n) break;
    if (head.rank > lastReservedRank) {
      if (others >= maxOther) continue;
      others += 1;
    }
    picked.push(head.id);
    const place = `${head.lane} ${head.rank}`;
    const quota = counts.get(place) ?? { lane: head.lane, rank: head.rank, count: 0 };
    quota.count += 1;
    counts.set(place, quota);
  }
  return { picked, quotas: [...counts.values()].sort((a, b) => a.lane - b.lane || a.rank - b.rank) };
}

function byAge<Id extends HeadId>(a: ClaimHead<Id>, b: ClaimHead<Id>): number {
  if (a.runAtMs !== b.runAtMs) return a.runAtMs - b.runAtMs;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
