import type { Queryable } from "#db/client.ts";

/** Tables a waiting or ended job can be taken out of, with the state it had there. */
export type TakeablePlacement = "ready" | "scheduled" | "held" | "pending" | "dead" | "cancelled";

export interface TakenJob {
  state: "available" | "scheduled" | "retryable" | "held" | "pending" | "dead" | "cancelled";
  lane: number;
  rank: number;
  attempt: number;
  failures: number;
  losses: number;
  amended: boolean;
  runAtMs: number;
  /** Why it was held; only of a held job. */
  hold?: JobHold;
  /** How many jobs it waited for; only of a pending job. */
  waitsFor?: number;
}

export interface JobHold {
  reason: string;
  reference: string | null;
  /** Null where it is about to be: as of now. */
  heldAtMs: number | null;
  untilMs: number | null;
}

const full = `lane, class as rank, attempt, failures, losses, amended`;
const facts = `facts as (
    select coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as class, j.run_at_ms, a.created_at
    from signalbox.jobs j
    left join lateral (
      select lane, class, created_at from signalbox.amendments where job_id = j.id order by revision desc limit 1) a on true
    where j.id = $1)`;
const ofFacts = `lane = (select lane from facts) and class = (select class from facts) and id = $1`;
const fromReady = (more: string, where: string) => `with ${facts}${more},
  found as materialized (select ctid as tid from signalbox.ready where ${ofFacts} and ${where} for update)
  delete from signalbox.ready where ctid = any(array(select tid from found))
  returning 'available' as state, ${full}, run_at_ms::float8 as "runAtMs"`;

// A ready row is found by its place in line. Most jobs became due when they were submitted, so the moments after the
// id's own time are looked at first; then those about the due times it was given since, then minutes about its own. The
// whole lane and class, which may be a million rows, only for a job that has not ended and is not running.
const readyStatements = [
  fromReady("", "run_at_ms between signalbox.id_ms($1) - 100 and signalbox.id_ms($1) + 400"),
  fromReady(
    `, hints as (
    select array[run_at_ms, (extract(epoch from created_at) * 1000)::bigint, (
      select (extract(epoch from (decision->>'runAt')::timestamptz) * 1000)::bigint from signalbox.attempts
      where job_id = $1 order by number desc limit 1),
      (select place_ms from signalbox.key_slots where job_id = $1)] as due from facts)`,
    `run_at_ms = any(array(
      select r.run_at_ms from unnest((select due from hints)) as h(due) join signalbox.ready r
        on r.lane = (select lane from facts) and r.class = (select class from facts)
        and r.run_at_ms between h.due - 2000 and h.due + 2000 and r.id = $1))`,
  ),
  fromReady("", "run_at_ms between signalbox.id_ms($1) - 60000 and signalbox.id_ms($1) + 300000"),
  fromReady(
    "",
    `not exists (select from signalbox.completed where id = $1) and not exists (select from signalbox.dead where id = $1)
      and not exists (select from signalbox.cancelled where id = $1)
      and not exists (select from signalbox.leases where $1 = any(ids) and $1 <> all(fenced))`,
  ),
];

const statements: Record<TakeablePlacement, string[]> = {
  ready: readyStatements,
  scheduled: [
    `delete from signalbox.scheduled where id = $1
     returning case when retry then 'retryable' else 'scheduled' end as state, ${full}, run_at_ms::float8 as "runAtMs"`,
  ],
  held: [
    `delete from signalbox.held where id = $1 returning 'held' as state, ${full}, run_at_ms::float8 as "runAtMs",
       jsonb_build_object('reason', reason, 'reference', reference, 'heldAtMs', held_at_ms, 'untilMs', until_ms) as hold`,
  ],
  pending: [
    `delete from signalbox.pending where id = $1 returning 'pending' as state, lane, class as rank, 0 as attempt, 0 as failures,
       0 as losses, false as amended, coalesce(run_at_ms, signalbox.now_ms())::float8 as "runAtMs", waits_for as "waitsFor"`,
  ],
  dead: [
    `delete from signalbox.dead where id = $1 returning 'dead' as state, ${full}, finished_at_ms::float8 as "runAtMs"`,
  ],
  cancelled: [
    `delete from signalbox.cancelled where id = $1 returning 'cancelled' as state, ${full}, finished_at_ms::float8 as "runAtMs"`,
  ],
};

/** Take a job out of the first of the placements it stands in; null when it is in none of them. */
export async function takeWaitingJob(
  transaction: Queryable,
  jobId: string,
  placements: TakeablePlacement[],
): Promise<TakenJob | null> {
  for (const placement of placements) {
    for (const [index, text] of statements[placement].entries()) {
      const name = `take-${placement}-${index}`;
      const { rows } = await transaction.query({ name, text, values: [jobId] });
      if (rows.length > 0) return rows[0] as TakenJob;
    }
  }
  return null;
}

// As above for many jobs, each looked up by itself; the slow last looks are left to the single take.
const factsOfMany = `facts as materialized (
    select w.id, coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as class, j.run_at_ms, a.created_at
    from unnest($1::bigint[]) w(id)
    cross join lateral (select lane, class, run_at_ms from signalbox.jobs where id = w.id limit 1) j
    left join lateral (
      select lane, class, created_at from signalbox.amendments where job_id = w.id order by revision desc limit 1) a on true)`;
const takeFound = `delete from signalbox.ready where ctid = any(array(select tid from found))
  returning id, 'available' as state, ${full}, run_at_ms::float8 as "runAtMs"`;
const inLine = (between: string) => `select ctid as tid from signalbox.ready
  where lane = f.lane and class = f.class and id = f.id and run_at_ms between ${between} for update`;
const readyOfMany = [
  `with ${factsOfMany}, found as materialized (
    select r.tid from facts f cross join lateral (${inLine("signalbox.id_ms(f.id) - 100 and signalbox.id_ms(f.id) + 400")}) r)
  ${takeFound}`,
  `with ${factsOfMany}, hints as materialized (
    select f.*, h.due from facts f cross join lateral (
      select distinct due from unnest(array[f.run_at_ms, (extract(epoch from f.created_at) * 1000)::bigint, (
        select (extract(epoch from (decision->>'runAt')::timestamptz) * 1000)::bigint from signalbox.attempts
        where job_id = f.id order by number desc limit 1),
        (select place_ms from signalbox.key_slots where job_id = f.id)]) u(due) where due is not null) h),
  found as materialized (
    select r.tid from hints f cross join lateral (${inLine("f.due - 2000 and f.due + 2000")}) r)
  ${takeFound}`,
];
const statementsOfMany: Record<TakeablePlacement, string[]> = {
  ready: readyOfMany,
  ...(Object.fromEntries(
    (["scheduled", "held", "pending", "dead", "cancelled"] as const).map((placement) => [
      placement,
      statements[placement].map((text) =>
        text.replace("where id = $1", "where id = any($1::bigint[])").replace("returning", "returning id,"),
      ),
    ]),
  ) as Record<Exclude<TakeablePlacement, "ready">, string[]>),
};

/**
 * Take many jobs out of the placements they stand in, some statements in all. A job that is left out stands in none of
 * them or far from where it is looked for first: {@link takeWaitingJob} tells.
 */
export async function takeWaitingJobs(
  transaction: Queryable,
  jobIds: readonly string[],
  placements: readonly TakeablePlacement[],
): Promise<Map<string, TakenJob>> {
  const taken = new Map<string, TakenJob>();
  for (const placement of placements)
    for (const [index, text] of statementsOfMany[placement].entries()) {
      const left = jobIds.filter((id) => !taken.has(id));
      if (left.length === 0) return taken;
      const { rows } = await transaction.query({
        name: `take-many-${placement}-${index}`,
        text,
        values: [left],
      });
      for (const { id, ...job } of rows as (TakenJob & { id: string })[]) taken.set(id, job);
    }
  return taken;
}
