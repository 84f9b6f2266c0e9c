import type { Queryable } from "#db/client.ts";
import { type GroupRow, groupColumns } from "./group-row.ts";

/** The dead jobs of one group that nobody has discarded. */
export interface DeadGroupRow {
  fingerprint: string;
  dead: number;
  /** Counting stopped at its limit. */
  atLeast: boolean;
  /** Null when the group is not counted yet, or forgotten. */
  group: GroupRow | null;
}

/**
 * The groups that have dead jobs, most dead first: at most `groups` of them, each counted up to `counted`. The index is
 * skipped through from group to group, so the cost does not grow with the dead letter. Jobs that died of no failure
 * (a limit on the whole job ran out) are under the empty fingerprint.
 */
export async function listDeadGroups(
  db: Queryable,
  groups: number,
  counted: number,
): Promise<DeadGroupRow[]> {
  const { rows } = await db.query({
    name: "list-dead-groups",
    text: `with recursive skipped as (
        (select fingerprint, 1 as place from signalbox.dead where discarded_at is null and fingerprint is not null
          order by fingerprint limit 1)
        union all
        select n.fingerprint, s.place + 1 from skipped s cross join lateral (
          select fingerprint from signalbox.dead where discarded_at is null and fingerprint > s.fingerprint
          order by fingerprint limit 1) n
        where s.place < $1)
      select d.fingerprint, least(d.jobs, $2)::int as dead, d.jobs > $2 as "atLeast", to_json(g.*)::text as "group"
      from (
        select s.fingerprint, (select count(*) from (
          select from signalbox.dead where fingerprint = s.fingerprint and discarded_at is null limit $2 + 1) l) as jobs
        from skipped s
        union all
        select '', (select count(*) from (
          select from signalbox.dead where fingerprint is null and discarded_at is null limit $2 + 1) l)) d
      left join lateral (select ${groupColumns} from signalbox.failure_groups g where g.fingerprint = d.fingerprint) g on true
      where d.jobs > 0 order by d.jobs desc, d.fingerprint`,
    values: [groups, counted],
  });
  return (rows as (Omit<DeadGroupRow, "group"> & { group: string | null })[]).map((row) => {
    const group = row.group === null ? null : (JSON.parse(row.group) as GroupRow);
    return { ...row, group: group?.fingerprint ? group : null };
  });
}
