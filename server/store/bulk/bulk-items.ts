import type { BulkOutcome } from "#core/bulk/bulk-state.ts";
import type { WatchedJobs } from "#core/bulk/judge-jobs.ts";
import type { Queryable } from "#db/client.ts";

/** One job of an operation when its turn has come. */
export interface BulkItem {
  ordinal: number;
  jobId: string;
}

/** The next items in their order: from after `taken`, `count` of them. */
export async function nextBulkItems(
  transaction: Queryable,
  operationId: string,
  taken: number,
  count: number,
): Promise<BulkItem[]> {
  const { rows } = await transaction.query({
    name: "next-bulk-items",
    text: `select ordinal, job_id as "jobId" from signalbox.bulk_items
      where operation_id = $1 and ordinal > $2 and ordinal <= $3 and outcome is null order by ordinal`,
    values: [operationId, taken, taken + count],
  });
  return rows as BulkItem[];
}

/** What became of an item. */
export interface SettledItem {
  ordinal: number;
  outcome: BulkOutcome;
  detail: string | null;
  /** Attempts the job had; null when nothing was done to it. */
  attempt: number | null;
}

/** Write the outcomes of a tick. */
export async function settleBulkItems(
  transaction: Queryable,
  operationId: string,
  items: readonly SettledItem[],
  atMs: number,
): Promise<void> {
  await transaction.query({
    name: "settle-bulk-items",
    text: `update signalbox.bulk_items i set outcome = s.outcome, detail = s.detail, attempt = s.attempt, at_ms = $6
      from unnest($2::int[], $3::text[], $4::text[], $5::int[]) as s(ordinal, outcome, detail, attempt)
      where i.operation_id = $1 and i.ordinal = s.ordinal`,
    values: [
      operationId,
      items.map(({ ordinal }) => ordinal),
      items.map(({ outcome }) => outcome),
      items.map(({ detail }) => detail),
      items.map(({ attempt }) => attempt),
      atMs,
    ],
  });
}

// The fate of a retried job: its completed row, else its newest failed attempt since. `same` compares with the failure
// group it had before; a job that had none cannot have a new one.
const fates = `select i.ordinal, c.id is not null as succeeded, c.id is null and f.number is not null as failed,
    coalesce(f.fingerprint = any(old.groups) or cardinality(old.groups) = 0, true) as same, f.fingerprint
  from signalbox.bulk_items i
  left join signalbox.completed c on c.id = i.job_id
  left join lateral (
    select number, fingerprint from signalbox.attempts
    where job_id = i.job_id and number > i.attempt and outcome in ('failed', 'timed-out') order by number desc limit 1) f on true
  left join lateral (
    select coalesce(array_agg(distinct fingerprint) filter (where fingerprint is not null), '{}') as groups
    from signalbox.attempts where job_id = i.job_id and number <= i.attempt) old on f.number is not null
  where i.operation_id = $1 and i.ordinal > $2 and i.ordinal <= $3 and i.outcome = 'done'`;

/** How the retried jobs of a stretch of the set fared since; at most a few hundred of them. */
export async function watchBulkItems(
  db: Queryable,
  operationId: string,
  after: number,
  until: number,
): Promise<WatchedJobs> {
  const { rows } = await db.query({
    name: "watch-bulk-items",
    text: `with fates as materialized (${fates})
      select count(*) filter (where succeeded)::int as succeeded, count(*) filter (where failed and same)::int as "failedAgain",
        count(*) filter (where not succeeded and not failed)::int as waiting,
        (select coalesce(jsonb_agg(jsonb_build_object('fingerprint', fingerprint, 'jobs', jobs) order by jobs desc), '[]')
          from (select coalesce(fingerprint, '') as fingerprint, count(*)::int as jobs from fates
            where failed and not same group by 1) g) as "newGroups"
      from fates`,
    values: [operationId, after, until],
  });
  return rows[0] as WatchedJobs;
}

/** A row of the results of an operation. */
export interface BulkItemRow extends BulkItem {
  outcome: BulkOutcome | null;
  detail: string | null;
  atMs: number | null;
}

/** Items by outcome (`waiting`: not their turn yet), in their order, after an ordinal. */
export async function listBulkItems(
  db: Queryable,
  operationId: string,
  which: BulkOutcome | "waiting",
  page: { after: number; limit: number },
): Promise<BulkItemRow[]> {
  const { rows } = await db.query({
    name: which === "waiting" ? "list-waiting-bulk-items" : "list-bulk-items",
    text: `select ordinal, job_id as "jobId", outcome, detail, at_ms::float8 as "atMs" from signalbox.bulk_items
      where operation_id = $1 and ordinal > $2 and ${which === "waiting" ? "outcome is null" : "outcome = $4"}
      order by ordinal limit $3`,
    values: [operationId, page.after, page.limit, ...(which === "waiting" ? [] : [which])],
  });
  return rows as BulkItemRow[];
}

/** Ids of the jobs an operation was done to, a page in their order: what a take-back is made of. */
export async function listDoneJobs(
  db: Queryable,
  operationId: string,
  page: { after: number; limit: number },
): Promise<BulkItem[]> {
  return listBulkItems(db, operationId, "done", page);
}
