import type { Queryable } from "#db/client.ts";

/** The rows of one day in one of the tables that are partitioned by a job's id. */
export interface DayPartition {
  /** `jobs`, `completed`, `attempts`, `job_events` and whatever else is partitioned so. */
  table: string;
  /** The column that holds the job's id. */
  key: "id" | "job_id";
  /** Null: the default partition, where rows of days without one stand. */
  day: string | null;
  /** With its indexes. */
  bytes: number;
  /** As the database estimates it. */
  rows: number;
}

/** Every partition by day, oldest first; reads the catalogue of Postgres alone. */
export async function listDayPartitions(db: Queryable): Promise<DayPartition[]> {
  const { rows } = await db.query({
    name: "list-day-partitions",
    text: `select p.relname as table, a.attname as key, pg_total_relation_size(c.oid)::float8 as bytes,
        greatest(c.reltuples, 0)::float8 as rows,
        case when c.oid <> k.partdefid then to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') end as day
      from pg_partitioned_table k
        join pg_class p on p.oid = k.partrelid
        join pg_attribute a on a.attrelid = p.oid and a.attnum = k.partattrs[0]
        join pg_inherits i on i.inhparent = p.oid
        join pg_class c on c.oid = i.inhrelid
      where p.relnamespace = 'signalbox'::regnamespace and k.partstrat = 'r' and k.partnatts = 1
        and a.attname in ('id', 'job_id') and (c.oid = k.partdefid or c.relname ~ '_[0-9]{8}$')
      order by day, p.oid`,
  });
  return rows as DayPartition[];
}
