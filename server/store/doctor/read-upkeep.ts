import type { Queryable } from "#db/client.ts";

/** What the dispatcher has to keep up with, and what can hinder it. */
export interface Upkeep {
  /** Leases past their end by more than the grace, not yet taken back; at most 1,000 are counted. */
  overdueLeases: number;
  /** Jobs due for longer than the grace, not yet put in line; at most 1,000 are counted. */
  overduePromotions: number;
  /** Days from today on for which every table has its partition. */
  partitionDays: number;
  /** Rows in the partitions that catch what belongs to no day; at most 1,000 a table are counted. */
  strayRows: number;
  /** Whether somebody holds the duty that a dispatcher renews every second. */
  dispatcherAlive: boolean;
  /** How long ago the last depth sample was taken, ms; null when none was yet. */
  lastSampleAgeMs: number | null;
  workersAlive: number;
  slotsAlive: number;
  /** Oldest transaction of any session, ms; null for none. */
  oldestTransactionMs: number | null;
  /** Transactions since the oldest snapshot that keeps dead rows from being cleaned away. */
  oldestSnapshotAge: number;
  /** Tables of the hot path with many dead rows. */
  bloated: { table: string; live: number; dead: number }[];
}

const days = 4;
const partitioned = ["jobs", "completed", "attempts", "job_events"];
const manyDead = 100_000;

const stray = partitioned
  .map((table) => `(select count(*) from (select from signalbox.${table}_default limit 1000) s)`)
  .join(" + ");

const read = `select
  (select count(*)::int from (select from signalbox.leases where until_ms < signalbox.now_ms() - $1 limit 1000) l) as "overdueLeases",
  (select count(*)::int from (select from signalbox.scheduled where run_at_ms < signalbox.now_ms() - $1 limit 1000) s) as "overduePromotions",
  (select coalesce(min(d.day) filter (where d.missing > 0), ${days})::int from (
    select day, (select count(*) from unnest($2::text[]) as t(parent) where to_regclass(format('signalbox.%I',
      t.parent || to_char((clock_timestamp() at time zone 'UTC')::date + day, '_YYYYMMDD'))) is null) as missing
    from generate_series(0, ${days - 1}) as g(day)) d) as "partitionDays",
  (${stray})::int as "strayRows",
  exists (select from signalbox.duties where name = 'depth' and until > clock_timestamp()) as "dispatcherAlive",
  (select (signalbox.now_ms() - max(at_ms))::float8 from signalbox.depth_samples) as "lastSampleAgeMs",
  (select count(*)::int from signalbox.workers where ended_at is null and transport <> 'target'
    and heartbeat_at > clock_timestamp() - make_interval(secs => heartbeat_ms * 3 / 1000.0)) as "workersAlive",
  (select coalesce(sum(concurrency), 0)::int from signalbox.workers where ended_at is null and transport <> 'target'
    and heartbeat_at > clock_timestamp() - make_interval(secs => heartbeat_ms * 3 / 1000.0)) as "slotsAlive",
  (select (extract(epoch from clock_timestamp() - min(xact_start)) * 1000)::float8 from pg_stat_activity
    where pid <> pg_backend_pid() and backend_type = 'client backend') as "oldestTransactionMs",
  (select coalesce(max(age), 0)::int from (
    select age(backend_xmin) from pg_stat_activity where pid <> pg_backend_pid() and backend_xmin is not null
    union all select age(xmin) from pg_replication_slots where xmin is not null
    union all select age(transaction) from pg_prepared_xacts) x) as "oldestSnapshotAge",
  coalesce((select json_agg(json_build_object('table', relname, 'live', n_live_tup, 'dead', n_dead_tup)) from pg_stat_user_tables
    where schemaname = 'signalbox' and relname in ('ready', 'scheduled', 'leases', 'workers', 'held')
    and n_dead_tup > ${manyDead} and n_dead_tup > 5 * n_live_tup), '[]')::text as bloated`;

/** Whether the dispatcher keeps up. `graceMs`: how late a lease or a due job may be before it counts. */
export async function readUpkeep(db: Queryable, graceMs: number): Promise<Upkeep> {
  const { rows } = await db.query({ text: read, values: [graceMs, partitioned] });
  const row = rows[0] as Omit<Upkeep, "bloated"> & { bloated: string };
  return { ...row, bloated: JSON.parse(row.bloated) };
}
