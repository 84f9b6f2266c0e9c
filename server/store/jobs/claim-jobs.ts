import type { Queryable } from "#db/client.ts";

export interface ClaimClass {
  rank: number;
  budgetMs: number;
  slope: number;
  /** Jobs of it to take before any order. */
  floor: number;
  /** How far down each of its lines to look: no more than this many of a lane and class are taken. */
  peek: number;
}

/** What one claim may take: the lanes, and each class with its place in the order. */
export interface ClaimRequest {
  workerId: string;
  /** Most jobs to take. */
  max: number;
  /** Of those, most from the classes below high (slots are kept for critical and high). */
  maxOther: number;
  lanes: number[];
  /** In the order of `lanes`: how long the lease holds without renewal, ms; a lane whose definition names a heartbeat may have a shorter one. */
  laneLeaseMs: number[];
  /** With a lease a job: when the server ends the attempt itself, ms after the claim; null leaves it to the worker. */
  laneDeadlineMs: (number | null)[];
  classes: ClaimClass[];
  /**
   * Ids for the leases, never used before: one, or with a lease a job as many as `max`. From the caller, because a claim
   * does not wait for the disk: a sequence set back by a crash would give an id twice.
   */
  leaseIds: string[];
  /** One lease for the batch, or one a job: so that each can lapse alone (HTTP workers, capped queues). */
  leasePerJob: boolean;
  /** With a lease a job: whose queue is counted against a cap. */
  queueId: number | null;
  /** With a lease a job: whose definition is counted against a cap. */
  definitionId: number | null;
}

export interface ClaimedRow {
  id: string;
  leaseId: string;
  lane: number;
  rank: number;
  /** Number of the attempt that now begins. */
  attempt: number;
  failures: number;
  losses: number;
  amended: boolean;
  runAtMs: number;
  definitionVersion: number;
  /** JSON text. */
  payload: string;
  traceparent: string | null;
  claimedAtMs: number;
}

// 1. peek each (lane, class) head without locks, 2. merge the heads by the comparator of core/priority into quotas,
// 3. lock exactly the quotas, 4. delete them by ctid and write the lease. Index: ready_order (lane, class, run_at_ms, id).
// Claims of several workers see the same heads; SKIP LOCKED then only shifts who gets which, never gives one twice.
// A claim of many is merged in steps of $11 jobs (1 up to 127 jobs): what is claimed together starts together.
const claim = `with lane as materialized (select * from unnest($1::int[], $2::int[], $10::bigint[]) as t(lane, lease_ms, deadline_ms)),
class as materialized (select * from unnest($3::smallint[], $4::float8[], $5::float8[], $6::int[], $13::int[])
  as t(class, budget_ms, slope, floor, peek)),
moment as materialized (select signalbox.now_ms() as now_ms),
head as materialized (
  select l.lane, c.class, h.run_at_ms, h.id, c.floor,
    case when h.run_at_ms + c.budget_ms >= m.now_ms then h.run_at_ms + c.budget_ms - m.now_ms
         else (h.run_at_ms + c.budget_ms - m.now_ms) * c.slope * 60000 / c.budget_ms end as key
  from moment m, lane l cross join class c cross join lateral (
    select run_at_ms, id from (
      select r.run_at_ms, r.id, row_number() over (order by r.run_at_ms, r.id) as place
      from signalbox.ready r where r.lane = l.lane and r.class = c.class order by r.run_at_ms, r.id limit least($7, c.peek)) p
    where (place - 1) % $11 = 0) h),
floored as (
  select lane, class, run_at_ms, id, key,
    floor > 0 and (row_number() over (partition by class order by run_at_ms, id) - 1) * $11 < floor as is_floor from head),
bounded as (
  select lane, class, run_at_ms, id, key, is_floor,
    count(*) filter (where class > 1) over (order by is_floor desc, key, run_at_ms, id rows unbounded preceding) * $11 as others
  from floored),
pick as materialized (
  select lane, class, count(*)::int * $11 as quota from (
    select lane, class from bounded where class <= 1 or others <= $8
    order by is_floor desc, key, run_at_ms, id limit $7 / $11) p
  group by lane, class),
got as materialized (
  select l.tid from pick p cross join lateral (
    select r.ctid as tid from signalbox.ready r where r.lane = p.lane and r.class = p.class
    order by r.run_at_ms, r.id limit p.quota for update skip locked) l),
gone as (
  delete from signalbox.ready where ctid = any(array(select tid from got))
  returning id, lane, class, run_at_ms, attempt + 1 as attempt, failures, losses, amended),
`;

const batchLease = `leased as (
  insert into signalbox.leases (id, worker_id, claimed_at_ms, until_ms, queue_id, definition_id, ids, attempts)
  select ($14::bigint[])[1], $9, m.now_ms, m.now_ms + ($2::int[])[1], $12, $15::int, array_agg(g.id), array_agg(g.attempt)
  from gone g, moment m group by m.now_ms
  returning id, claimed_at_ms)
select g.id, null, g.lane, g.class, g.attempt, g.failures, g.losses, g.amended, g.run_at_ms::float8,
  j.definition_version, j.payload, j.traceparent, m.now_ms::float8
from gone g cross join moment m join signalbox.jobs j on j.id = g.id`;

const leaseEach = `leased as (
  insert into signalbox.leases (id, worker_id, claimed_at_ms, until_ms, deadline_ms, queue_id, definition_id, ids, attempts)
  select ($14::bigint[])[row_number() over ()], $9, m.now_ms, m.now_ms + l.lease_ms, m.now_ms + l.deadline_ms, $12,
    $15::int, array[g.id], array[g.attempt]
  from moment m, gone g join lane l on l.lane = g.lane
  returning id, claimed_at_ms, ids[1] as job_id)
select g.id, l.id, g.lane, g.class, g.attempt, g.failures, g.losses, g.amended, g.run_at_ms::float8,
  j.definition_version, j.payload, j.traceparent, l.claimed_at_ms::float8
from gone g join leased l on l.job_id = g.id join signalbox.jobs j on j.id = g.id`;

/** Claims below twice this many jobs are merged job by job; larger ones in this many steps or a few more. */
const mergedExactly = 64;

/** The two forms of the claim, for the plan test. */
export const claimStatements = { batchLease: claim + batchLease, leaseEach: claim + leaseEach };

/** The parameters of the claim, in the order of its statement. */
export function claimValues(request: ClaimRequest): unknown[] {
  return [
    request.lanes,
    request.laneLeaseMs,
    request.classes.map((each) => each.rank),
    request.classes.map((each) => each.budgetMs),
    request.classes.map((each) => each.slope),
    request.classes.map((each) => each.floor),
    request.max,
    request.maxOther,
    request.workerId,
    request.laneDeadlineMs,
    Math.max(1, Math.floor(request.max / mergedExactly)),
    request.queueId,
    request.classes.map((each) => each.peek),
    request.leaseIds,
    request.definitionId,
  ];
}

/** Take up to `max` jobs of the lanes in priority order and lease them to the worker, in one statement. */
export async function claimJobs(db: Queryable, request: ClaimRequest): Promise<ClaimedRow[]> {
  if (request.max <= 0 || request.lanes.length === 0) return [];
  const { rows } = await db.query({
    name: request.leasePerJob ? "claim-jobs-each" : "claim-jobs",
    text: request.leasePerJob ? claimStatements.leaseEach : claimStatements.batchLease,
    values: claimValues(request),
    rowMode: "array",
  });
  const batchLeaseId = request.leaseIds[0] as string;
  return (rows as ClaimTuple[]).map((row) => ({
    id: row[0],
    leaseId: row[1] ?? batchLeaseId,
    lane: row[2],
    rank: row[3],
    attempt: row[4],
    failures: row[5],
    losses: row[6],
    amended: row[7],
    runAtMs: row[8],
    definitionVersion: row[9],
    payload: row[10],
    traceparent: row[11],
    claimedAtMs: row[12],
  }));
}

type ClaimTuple = [
  string,
  string | null,
  number,
  number,
  number,
  number,
  number,
  boolean,
  number,
  number,
  string,
  string | null,
  number,
];
