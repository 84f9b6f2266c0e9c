import type { Queryable } from "#db/client.ts";
import type { LookedPlace } from "./fallback-row.ts";

/** A waiting job that the transaction has locked, with what a fallback asks of it. */
export interface LockedJob {
  /** Where its row stands, for taking it out. */
  tid: string;
  id: string;
  lane: number;
  rank: number;
  runAtMs: number;
  attempt: number;
  failures: number;
  losses: number;
  amended: boolean;
  /** JSON text. */
  payload: string;
  version: number;
  /** The completed job whose output answers it; null where none was asked for, or none is kept. */
  cachedFrom: string | null;
  cachedAtMs: number | null;
  /** JSON text. */
  output: string | null;
}

const payload = "coalesce(a.payload, j.payload)";

/** The digest of a payload, in SQL: of its canonical form, so that neither spaces nor the order of keys matter. */
export const digestOf = (json: string) => `sha256(convert_to((${json})::jsonb::text, 'UTF8'))`;

// Index: ready_order (lane, class, run_at_ms, id), from where the last look ended; each job by primary keys.
const looked = `with place as materialized (
    select * from unnest($2::smallint[], $3::bigint[], $4::bigint[]) as p(class, run_at_ms, id)),
  found as materialized (
    select r.* from place p cross join lateral (
      select r.ctid as tid, r.* from signalbox.ready r
      where r.lane = $1 and r.class = p.class and (r.run_at_ms, r.id) > (p.run_at_ms, p.id)
      order by r.run_at_ms, r.id limit $5 for update skip locked) r
    order by r.class, r.run_at_ms, r.id limit $5)`;
const columns = `f.tid::text as tid, f.id::text as id, f.lane, f.class as rank, f.run_at_ms::float8 as "runAtMs", f.attempt, f.failures,
    f.losses, f.amended, ${payload}::text as payload, coalesce(a.definition_version, j.definition_version) as version`;
const facts = `from found f
  cross join lateral (select payload, definition_version from signalbox.jobs where id = f.id limit 1) j
  left join lateral (
    select payload, definition_version from signalbox.amendments where job_id = f.id order by revision desc limit 1) a on true`;

const plain = `${looked}
  select ${columns}, null as "cachedFrom", null::float8 as "cachedAtMs", null as output
  ${facts} order by f.class, f.run_at_ms, f.id`;
const withResults = `${looked}
  select ${columns}, d.id::text as "cachedFrom", c.finished_at_ms::float8 as "cachedAtMs", d.output::text as output
  ${facts}
  left join signalbox.cached_results c on c.definition_id = $6 and c.digest = ${digestOf(payload)}
    and c.finished_at_ms >= signalbox.now_ms() - $7::bigint
  left join lateral (select id, output from signalbox.completed where id = c.job_id limit 1) d on true
  order by f.class, f.run_at_ms, f.id`;

/** Which jobs to look at. */
export interface HeldLook {
  lane: number;
  /** By rank: where the last look ended. */
  places: readonly LookedPlace[];
  limit: number;
  /** With the kept results of a definition, none older than `maxAgeMs`. */
  cached: { definitionId: number; maxAgeMs: number } | null;
}

/**
 * Lock the next jobs of a lane, highest class and longest due first, beyond where the last look ended. What someone else
 * has in hand is passed over.
 */
export async function lockHeldJobs(transaction: Queryable, look: HeldLook): Promise<LockedJob[]> {
  const { lane, places, limit, cached } = look;
  const values: unknown[] = [
    lane,
    places.map((_, rank) => rank),
    places.map(({ runAtMs }) => runAtMs),
    places.map(({ id }) => id),
    limit,
  ];
  if (cached !== null) values.push(cached.definitionId, cached.maxAgeMs);
  const { rows } = await transaction.query({
    name: cached === null ? "lock-held-jobs" : "lock-held-jobs-cached",
    text: cached === null ? plain : withResults,
    values,
  });
  return rows as LockedJob[];
}
