import { type JobState, jobStates } from "#core/job/job-state.ts";
import type { Queryable, Statement } from "#db/client.ts";
import { type CandidateConditions, payloadJoin } from "./candidate-conditions.ts";
import { type Parameters, startParameters } from "./parameters.ts";

/** What finds candidate jobs in the order of their ids; chosen so that each step reads a bounded stretch of one index. */
export type JobScan =
  | { kind: "ids"; values: string[] }
  | { kind: "correlation"; values: string[] }
  | { kind: "key"; values: string[] }
  | { kind: "concurrency"; values: string[] }
  | { kind: "group"; values: string[] }
  | { kind: "tag"; values: string[] }
  | { kind: "failed" }
  | { kind: "lanes"; lanes: number[] }
  | {
      kind: "placements";
      states: JobState[];
      readyLanes: number[];
      lanes: number[] | null;
      ranks: number[] | null;
      /** Narrow the dead to these failure groups, and what ran to these workers; null for any. */
      fingerprints: string[] | null;
      workers: string[] | null;
      /** Leave out the dead that were discarded when false; default true. */
      discarded?: boolean;
    }
  | { kind: "all" };

/** A stretch of ids between two that are not part of it, and from which end it is read. */
export interface ScanRange {
  afterId: string;
  beforeId: string;
  /** Read from the newest down, or from the oldest up. */
  newestFirst: boolean;
  /** Most candidates to look at. */
  limit: number;
}

/** What a scan found: the candidates that are left, how many were looked at, and the last of those. */
export interface ScannedIds {
  ids: string[];
  examined: number;
  lastId: string | null;
}

/** What a job's own row tells. */
const candidateColumns = "id, lane, class, payload, tags, correlation_id, idempotency_key, concurrency_key";

/** No condition on candidates. */
export const anyCandidate = (): CandidateConditions => ({ sql: [], payload: false });

// $1 beforeId, $2 afterId, $3 limit.
const inRange = (column: string) => `${column} < $1::bigint and ${column} > $2::bigint`;

/**
 * The statement of a scan with its parameters, for running and for the plan test. `sieve` writes the conditions on
 * candidates with the parameters it is given.
 */
export function scanStatement(
  scan: JobScan,
  range: ScanRange,
  sieve: (parameters: Parameters) => CandidateConditions = anyCandidate,
  give: "ids" | "count" = "ids",
): Statement {
  const parameters = startParameters(range.beforeId, range.afterId, range.limit);
  const order = range.newestFirst ? "desc" : "asc";
  const candidates = writeScan(scan, order, parameters);
  const conditions = sieve(parameters);
  const sieved = conditions.sql.length > 0;
  const narrow = isNarrowed(scan);
  // What is read from jobs itself has its columns at hand; other candidates are looked up one by one, never joined.
  const whole = scan.kind === "all" || scan.kind === "tag" || scan.kind === "ids";
  const from = whole
    ? "win j"
    : `win c cross join lateral (select ${candidateColumns} from signalbox.jobs where id = c.id limit 1) j`;
  const kept = [...(narrow ? [sieved ? "c.ok" : "j.ok"] : []), ...conditions.sql];
  const where = kept.length > 0 ? ` where ${kept.join(" and ")}` : "";
  const left = sieved ? `${from} ${conditions.payload ? payloadJoin : ""}${where}` : `win j${where}`;
  return {
    // How common a tag or value is decides the plan, so what is sieved is planned for itself.
    name:
      sieved || scan.kind === "tag" ? undefined : `${scanName(scan, order)}${give === "ids" ? "" : "-count"}`,
    text: `with win as materialized (${whole && sieved ? candidates.replace("select id as id", `select ${candidateColumns}`) : candidates})
      select (select count(*)::int from win) as examined, (select ${range.newestFirst ? "min" : "max"}(id)::text from win) as "lastId",
        ${give === "ids" ? `array(select j.id::text from ${left} order by j.id ${order}) as ids` : `(select count(*)::int from ${left}) as matched`}`,
    values: parameters.values,
  };
}

/** Whether a scan looks at rows of placements that are not all candidates; each of them is cheap. */
export function isNarrowed(scan: JobScan): boolean {
  return (
    scan.kind === "placements" &&
    [scan.lanes, scan.ranks, scan.fingerprints, scan.workers].some((narrowing) => narrowing !== null)
  );
}

function scanName(scan: JobScan, order: string): string {
  if (scan.kind !== "placements") return `scan-${scan.kind}-${order}`;
  const which = scan.states.map((state) => jobStates.indexOf(state)).join("");
  const narrowed = `${isNarrowed(scan) ? "n" : ""}${scan.readyLanes.length > 0 ? "r" : ""}${scan.fingerprints ? "f" : ""}${scan.workers ? "w" : ""}${scan.discarded === false ? "d" : ""}`;
  return `scan-placements-${which}-${narrowed}-${order}`;
}

function writeScan(scan: JobScan, order: string, { add }: Parameters): string {
  const some = (column: string) => `order by ${column} ${order} limit $3`;
  const select = (from: string, where: string, column = "id") =>
    `select ${column} as id from signalbox.${from} where ${inRange(column)} and ${where} ${some(column)}`;
  // One value at a time, so that each is a stretch of the index in the order of the ids.
  const each = (values: string, one: string) =>
    `select distinct x.id from unnest(${values}) as v(value) cross join lateral (${one}) x order by id ${order} limit $3`;
  switch (scan.kind) {
    case "ids":
      return select("jobs", `id = any(${add(scan.values)}::bigint[])`);
    case "correlation":
      return each(`${add(scan.values)}::text[]`, select("jobs", "correlation_id = v.value"));
    case "key":
      return each(`${add(scan.values)}::text[]`, select("jobs", "idempotency_key = v.value"));
    case "concurrency":
      return each(`${add(scan.values)}::text[]`, select("jobs", "concurrency_key = v.value"));
    case "group":
      return each(
        `${add(scan.values)}::text[]`,
        `select distinct job_id as id from signalbox.attempts where fingerprint = v.value and ${inRange("job_id")} ${some("job_id")}`,
      );
    case "tag":
      return select("jobs", `tags && ${add(scan.values)}::text[]`);
    case "failed":
      return `select distinct job_id as id from signalbox.attempts where ${inRange("job_id")} ${some("job_id")}`;
    case "lanes": {
      const lanes = `${add(scan.lanes)}::int[]`;
      return `select id from (
          (${each(lanes, select("jobs", "lane = v.value"))})
          union (select distinct job_id as id from signalbox.amendments where lane = any(${lanes}) and ${inRange("job_id")} ${some("job_id")})) u
        order by id ${order} limit $3`;
    }
    case "all":
      return select("jobs", "true");
    case "placements": {
      const lanes = `${add(scan.lanes)}::int[]`;
      const ranks = `${add(scan.ranks)}::int[]`;
      const mine = `(${lanes} is null or lane = any(${lanes})) and (${ranks} is null or class = any(${ranks}))`;
      const group = scan.fingerprints ? ` and fingerprint = any(${add(scan.fingerprints)}::text[])` : "";
      const worker = scan.workers ? ` and worker_id = any(${add(scan.workers)}::bigint[])` : "";
      // What is narrowed is marked, not left out: however few there are, so many rows are read and no more.
      const narrow = isNarrowed(scan);
      const from = (table: string, where: string, fits: string) =>
        narrow
          ? `select id, (${fits}) as ok from (select * from signalbox.${table} where ${inRange("id")} and ${where} ${some("id")}) r`
          : select(table, where);
      const inDeadLetter = scan.discarded === false ? "discarded_at is null" : "true";
      // One branch a placement: each gives its first, so the first of all of them are the first there are.
      const branches: Partial<Record<JobState, string>> = {
        pending: from("pending", "true", mine),
        scheduled: from("scheduled", "not retry", mine),
        retryable: from("scheduled", "retry", mine),
        held: from("held", "true", mine),
        cancelled: from("cancelled", "true", mine),
        dead: from("dead", inDeadLetter, `${mine}${group}`),
        completed: from("completed", "true", `true${worker}`),
        running: `select u.id${narrow ? ", true as ok" : ""} from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
          where ${inRange("u.id")} and u.id <> all(l.fenced)${worker} ${some("u.id")}`,
      };
      const parts = scan.states.flatMap((state) => branches[state] ?? []);
      // Only lanes with a short line: ready is in the order of the claim, not of the ids.
      if (scan.readyLanes.length > 0) {
        const inLine = select("ready", `lane = any(${add(scan.readyLanes)}::int[])`);
        parts.push(narrow ? `select id, true as ok from (${inLine}) r` : inLine);
      }
      // Names the types of parameters that no branch mentions.
      const types = `select $1::bigint as id${narrow ? ", true as ok" : ""} where $2::bigint is null and ${lanes} is null and ${ranks} is null and false`;
      const union = parts.length > 1 ? " union " : " union all ";
      return `select * from (${[types, ...parts].map((part) => `(${part})`).join(union)}) u order by id ${order} limit $3`;
    }
  }
}

/** The next candidates of a scan; fewer looked at than `limit` means that the range holds no more. */
export async function scanJobIds(
  db: Queryable,
  scan: JobScan,
  range: ScanRange,
  sieve?: (parameters: Parameters) => CandidateConditions,
): Promise<ScannedIds> {
  const { rows } = await db.query(scanStatement(scan, range, sieve));
  return rows[0] as ScannedIds;
}

/** As {@link scanJobIds}, of which only the number of candidates that are left is wanted. */
export async function countScanned(
  db: Queryable,
  scan: JobScan,
  range: ScanRange,
  sieve?: (parameters: Parameters) => CandidateConditions,
): Promise<Omit<ScannedIds, "ids"> & { matched: number }> {
  const { rows } = await db.query(scanStatement(scan, range, sieve, "count"));
  return rows[0] as Omit<ScannedIds, "ids"> & { matched: number };
}
