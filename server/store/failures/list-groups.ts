import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { FailureClass, FailureOrigin } from "#core/failure/failure-class.ts";
import type { FailureGroupState } from "#core/failure-group/failure-group-state.ts";
import type { WindowRange } from "#core/failure-group/failure-window.ts";
import type { Queryable } from "#db/client.ts";
import { type GroupRow, groupColumns } from "./group-row.ts";

/** What a list of groups can be narrowed by; every key that is given must hold. */
export interface GroupFilter {
  states?: FailureGroupState[];
  class?: FailureClass;
  origin?: FailureOrigin;
  dependency?: string;
  /** Lanes of the definition or queue asked for; an empty list matches nothing. */
  lanes?: number[];
}

/** Newest failure first; most failures in the window first; or what rose most within the window. */
export const groupOrders = ["last-seen", "count", "rising"] as const;
export type GroupOrder = (typeof groupOrders)[number];

export interface GroupPage {
  groups: GroupRow[];
  /** Null at the end. A page may be short and still have one: each call looks at a bounded number of groups. */
  nextCursor: string | null;
}

/** Most groups one call by last failure looks at. */
const mostExamined = 5_000;

const filters = `($1::text[] is null or g.state = any($1)) and ($2::text is null or g.class = $2)
  and ($3::text is null or g.origin = $3) and ($4::text is null or g.dependency = $4) and ($5::int[] is null or g.lanes && $5)`;

const byLastSeen = `with examined as materialized (
    select * from signalbox.failure_groups where last_seen_ms >= $6 and ($7::float8 is null or (last_seen_ms, fingerprint) < ($7, $8))
    order by last_seen_ms desc, fingerprint desc limit ${mostExamined}),
  page as (select ${groupColumns}, last_seen_ms::float8 as place from examined g where ${filters}
    order by last_seen_ms desc, g.fingerprint desc limit $9)
  select p.*, case when e.many then e.place end as "examinedTo", e.fingerprint as "examinedFingerprint"
  from (select count(*) = ${mostExamined} as many, min(last_seen_ms)::float8 as place,
      (array_agg(fingerprint order by last_seen_ms, fingerprint))[1] as fingerprint from examined) e left join page p on true
  order by p.place desc, p.fingerprint desc`;

// Rising: failures a minute in the newest part of the window, less those a minute in the rest of it. By the nominal
// spans, so that a place in the order moves with failures only and a cursor keeps its meaning.
const scores = {
  count: () => "failures::float8",
  rising: ({ recentMs, spanMs }: WindowRange) =>
    `recent::float8 / ${recentMs / 60_000} - (failures - recent)::float8 / ${(spanMs - recentMs) / 60_000}`,
};

// Grain and start are written into the statement: a plan that does not know them reads the whole table. Groups are
// looked up one by one, because how many a filter leaves is not known either.
const byScore = (
  order: keyof typeof scores,
  window: WindowRange,
  ofLanes: boolean,
) => `with sums as materialized (
    select fingerprint, sum(attempts) as failures, coalesce(sum(attempts) filter (where at_ms >= ${window.recentFromMs}), 0) as recent
    from signalbox.${ofLanes ? "failure_counts" : "failure_totals"}
    where grain_ms = ${window.grainMs} and at_ms >= ${window.fromMs} ${ofLanes ? "and lane = any($5)" : ""} group by 1),
  scored as materialized (select fingerprint, ${scores[order](window)} as place from sums)
  select g.*, s.place, null::float8 as "examinedTo", null as "examinedFingerprint" from scored s
  cross join lateral (select ${groupColumns} from signalbox.failure_groups g
    where g.fingerprint = s.fingerprint and ${filters} limit 1) g
  where $6::bigint is not null and ($7::float8 is null or (s.place, s.fingerprint) < ($7, $8))
  order by s.place desc, s.fingerprint desc limit $9`;

const positionSchema = z.tuple([z.number(), z.string().max(100)]);
type Found = GroupRow & { place: number; examinedTo: number | null; examinedFingerprint: string | null };

/**
 * Groups that failed within a window, a page at a time. By last failure one stretch of an index is read, at most 5,000
 * groups a call; by count and rise the counts of the window are summed. Throws `bad_cursor`.
 */
export async function listGroups(
  db: Queryable,
  filter: GroupFilter,
  options: { order: GroupOrder; window: WindowRange; limit: number; cursor: string | null },
): Promise<GroupPage> {
  const { order, window, limit, cursor } = options;
  const position = cursor === null ? null : decodeCursor(cursor, positionSchema);
  const { states, class: failureClass, origin, dependency, lanes } = filter;
  const common = [states, failureClass, origin, dependency, lanes, window.fromMs];
  const values = [...common, position?.[0] ?? null, position?.[1] ?? null, limit + 1];
  const { rows } = await db.query(
    order === "last-seen"
      ? { name: "list-groups-last-seen", text: byLastSeen, values }
      : { text: byScore(order, window, lanes !== undefined), values },
  );
  const found = (rows as Found[]).filter((row) => row.fingerprint !== null);
  const edge = (rows as Found[])[0];
  const last = found[limit - 1];
  if (found.length > limit && last)
    return {
      groups: found.slice(0, limit).map(toGroup),
      nextCursor: encodeCursor([last.place, last.fingerprint]),
    };
  const more = edge !== undefined && edge.examinedTo !== null;
  return {
    groups: found.map(toGroup),
    nextCursor: more ? encodeCursor([edge.examinedTo, edge.examinedFingerprint]) : null,
  };
}

function toGroup({ place: _, examinedTo: __, examinedFingerprint: ___, ...group }: Found): GroupRow {
  return group;
}
