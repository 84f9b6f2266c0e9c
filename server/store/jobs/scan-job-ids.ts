import { type JobState, jobStates } from "#core/job/job-state.ts";
import type { Queryable, Statement } from "#db/client.ts";
import { type CandidateConditions, payloadJoin } from "./candidate-conditions.ts";
import { type Parameters, startParameters } from "./parameters.ts";

/** What finds candidate jobs in the order of their ids; chosen so that each step reads a bounded stretch of one index. */
export type JobScan =
  | { kind: "ids"; values: string[] }
  | { kind: "correlation"; values: string[] }
  | { kind: "key"; values: string[] }
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
const candidateColumns = "id, lane, payload, tags, correlation_id, idempotency_key";

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
): Statement {
  const parameters = startParameters(range.beforeId, range.afterId, range.limit);
  const order = range.newestFirst ? "desc" : "asc";
  const candidates = writeScan(scan, order, parameters);
  const conditions = sieve(parameters);
  const sieved = conditions.sql.length > 0;
  // What is read from jobs itself has its columns at hand; other candidates are looked up one by one, never joined.
  const whole = scan.kind === "all" || scan.kind === "tag" || scan.kind === "ids";
  const from = whole
    ? "win j"
    : `win c cross join lateral (select ${candidateColumns} from signalbox.jobs where id = c.id limit 1) j`;
  const left = sieved
    ? `${from} ${conditions.payload ? payloadJoin : ""} where ${conditions.sql.join(" and ")}`
    : "win j";
  return {
    // How common a tag or value is decides the plan, so what is sieved is planned for itself.
    name: sieved || scan.kind === "tag" ? undefined : scanName(scan, order),
    text: `with win as materialized (${whole && sieved ? candidates.replace("select id as id", `select ${candidateColumns}`) : candidates})
      select (select count(*)::int from win) as examined, (select ${range.newestFirst ? "min" : "max"}(id)::text from win) as "lastId",
        array(select j.id::text from ${left} order by j.id ${order}) as ids`,
    values: parameters.values,
  };
}

function scanName(scan: JobScan, order: string): string {
  if (scan.kind !== "placements") return `scan-${scan.kind}-${order}`;
  const which = scan.states.map((state) => jobStates.indexOf(state)).join("");
  const narrowed = `${scan.readyLanes.length > 0 ? "r" : ""}${scan.fingerprints ? "f" : ""}${scan.workers ? "w" : ""}`;
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
      // One branch a placement: each gives its first, so the first of all of them are the first there are.
      const branches: Partial<Record<JobState, string>> = {
        pending: select("pending", mine),
        scheduled: select("scheduled", `not retry and ${mine}`),
        retryable: select("scheduled", `retry and ${mine}`),
        held: select("held", mine),
        cancelled: select("cancelled", mine),
        dead: select("dead", `${mine}${group}`),
        completed: select("completed", `true${worker}`),
        running: `select u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
          where ${inRange("u.id")} and u.id <> all(l.fenced)${worker} ${some("u.id")}`,
      };
      const parts = scan.states.flatMap((state) => branches[state] ?? []);
      // Only lanes with a short line: ready is in the order of the claim, not of the ids.
      if (scan.readyLanes.length > 0)
        parts.push(select("ready", `lane = any(${add(scan.readyLanes)}::int[])`));
      // Names the types of parameters that no branch mentions.
      const types = `select $1::bigint as id where $2::bigint is null and ${lanes} is null and ${ranks} is null and false`;
      return `select id from (${[types, ...parts].map((part) => `(${part})`).join(" union ")}) u order by id ${order} limit $3`;
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
