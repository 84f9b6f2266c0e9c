/** The tables of counters, the coarsest first, each with the mark up to which it is rolled up. */
const grains = [
  { table: "metrics_10m", mark: "ten_minutes" },
  { table: "metrics_1m", mark: "minutes" },
  { table: "metrics_10s", mark: "tens" },
  { table: "metrics_1s", mark: null },
] as const;

const doneUntil = (table: string) => `coalesce(max(done_until_ms) filter (where name = '${table}'), 0)`;

/**
 * The beginning of a statement on counters between $1 and $2 in buckets of $4 ms: `marks`, how far each grain is rolled
 * up, and `r`, the rows of each stretch of time from the coarsest grain that fits the buckets and is rolled up so far.
 * With `ofLanes` only those of the lanes $3.
 */
export function counterRows(columns: string, ofLanes: boolean): string {
  const lanes = ofLanes ? " and lane = any($3::int[])" : "";
  const parts = grains.map(({ table, mark }, index) => {
    const coarser = grains.slice(0, index).map((grain) => `(select ${grain.mark} from marks)`);
    const until = mark === null ? "$2" : `least($2, (select ${mark} from marks))`;
    const from = coarser.length === 0 ? "$1" : `greatest($1, ${coarser.join(", ")})`;
    return `select ${columns} from signalbox.${table} where at_ms >= ${from} and at_ms < ${until}${lanes}`;
  });
  return `marks as materialized (
      select case when $4 % 600000 = 0 then ${doneUntil("metrics_10m")} else 0 end as ten_minutes,
        case when $4 % 60000 = 0 then ${doneUntil("metrics_1m")} else 0 end as minutes, ${doneUntil("metrics_10s")} as tens
      from signalbox.rollups),
    r as materialized (${parts.join(" union all ")})`;
}
