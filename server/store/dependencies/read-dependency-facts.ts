import type { Queryable } from "#db/client.ts";
import { type DependencyRecord, dependencyColumns } from "./find-dependency.ts";
import { sumDurations } from "./sum-durations.ts";

/** How far back the figures of a dependency reach that are not those of its breaker's window, ms. */
export const recentMs = 300_000;

/** A dependency with what the pages tell of it. */
export interface DependencyFacts extends DependencyRecord {
  /** A state of core/breaker/breaker-state.ts; null before it was ever judged. */
  body: unknown;
  /** A retry budget as server/operations/flow keeps it, and when it was last spent from. */
  budget: unknown;
  budgetAtMs: number | null;
  /** First starts and durations in the buckets of core/metric/histogram.ts, over the last {@link recentMs}. */
  firstStarts: number;
  durations: number[];
  /** What opened it, while it is not closed. */
  openedCause: string | null;
  openedAtMs: number | null;
}

/** Of the latest events of a dependency so many are looked at for what opened it. */
const eventsLooked = 50;

const read = `select ${dependencyColumns}, b.body, r.body as budget, r.at_ms::float8 as "budgetAtMs",
    coalesce(m.first_starts, 0)::float8 as "firstStarts", m.durations, o.cause as "openedCause", o.at_ms::float8 as "openedAtMs"
  from (select * from signalbox.dependencies where case when $1::text is null then name > coalesce($2, '') else name = $1 end
      order by name limit $3) d
    left join signalbox.breakers b on b.dependency_id = d.id
    left join signalbox.retry_budgets r on r.kind = 'dependency' and r.reference = d.id
    left join lateral (
      select sum(first_starts) as first_starts, ${sumDurations("durations")} as durations
      from signalbox.dependency_minutes t
      where t.dependency_id = d.id and t.at_ms >= (select signalbox.now_ms()) - ${recentMs}) m on true
    left join lateral (
      select cause, at_ms from (select * from signalbox.automation_events
        where object_kind = 'dependency' and object_id = d.name order by id desc limit ${eventsLooked}) e
      where kind = 'breaker-opened' and coalesce(b.state, 'closed') <> 'closed' order by id desc limit 1) o on true
  order by d.name`;

/** Dependencies by name, a page at a time, or the one of that name: each by its indexes, a few rows of each table. */
export async function readDependencyFacts(
  db: Queryable,
  wanted: { name: string } | { after: string | null; limit: number },
): Promise<DependencyFacts[]> {
  const values = "name" in wanted ? [wanted.name, null, 1] : [null, wanted.after, wanted.limit];
  const { rows } = await db.query({ name: "read-dependency-facts", text: read, values });
  return rows as DependencyFacts[];
}
