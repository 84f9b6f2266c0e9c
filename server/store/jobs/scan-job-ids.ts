import { type JobState, jobStates } from "#core/job/job-state.ts";
import type { Queryable, Statement } from "#db/client.ts";

/** What finds candidate jobs, newest first; chosen so that each step reads a bounded stretch of one index. */
export type JobScan =
  | { kind: "one"; id: string }
  | { kind: "correlation"; value: string }
  | { kind: "idempotency"; value: string }
  | { kind: "fingerprint"; value: string }
  | { kind: "tag"; value: string }
  | { kind: "failed" }
  | { kind: "lanes"; lanes: number[] }
  | {
      kind: "placements";
      states: JobState[];
      readyLanes: number[];
      lanes: number[] | null;
      ranks: number[] | null;
    }
  | { kind: "all" };

/** A stretch of ids: from before `beforeId` down to `floorId` at most. */
export interface ScanRange {
  /** Exclusive. */
  beforeId: string;
  /** Inclusive. */
  floorId: string;
  /** Most ids to return. */
  limit: number;
}

const inRange = (column: string) => `${column} < $1 and ${column} >= $2`;
const newest = (column: string) => `order by ${column} desc limit $3`;
const select = (from: string, where: string, column = "id") =>
  `select ${column} as id from signalbox.${from} where ${inRange(column)} and ${where} ${newest(column)}`;

const scans = {
  one: "select id from signalbox.jobs where id = $4 and id < $1 and id >= $2 limit $3",
  correlation: select("jobs", "correlation_id = $4"),
  idempotency: select("jobs", "idempotency_key = $4"),
  tag: select("jobs", "tags @> array[$4]"),
  fingerprint: `select distinct job_id as id from signalbox.attempts where fingerprint = $4 and ${inRange("job_id")} order by job_id desc limit $3`,
  failed: `select distinct job_id as id from signalbox.attempts where ${inRange("job_id")} order by job_id desc limit $3`,
  lanes: `select j.id from unnest($4::int[]) as l(lane) cross join lateral (
      select id from signalbox.jobs where lane = l.lane and ${inRange("id")} ${newest("id")}) j order by j.id desc limit $3`,
  all: select("jobs", "true"),
};

const mine = "($4::int[] is null or lane = any($4)) and ($5::int[] is null or class = any($5))";

/** One branch a placement: each gives its newest, so the newest of all of them are the newest there are. */
const branches: Partial<Record<JobState, string>> = {
  pending: select("pending", mine),
  scheduled: select("scheduled", `not retry and ${mine}`),
  retryable: select("scheduled", `retry and ${mine}`),
  held: select("held", mine),
  cancelled: select("cancelled", mine),
  dead: select("dead", mine),
  completed: `select id from signalbox.completed where ${inRange("id")} ${newest("id")}`,
  running: `select u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
    where ${inRange("u.id")} and u.id <> all(l.fenced) order by u.id desc limit $3`,
};
/** Only for lanes with a short line: ready is in the order of the claim, not of the ids. */
const readyBranch = `select id from signalbox.ready where lane = any($6::int[]) and ${inRange("id")} ${newest("id")}`;

/** The statement of a scan with its parameters, for running and for the plan test. */
export function scanStatement(scan: JobScan, range: ScanRange): Statement {
  const values: unknown[] = [range.beforeId, range.floorId, range.limit];
  if (scan.kind === "placements") {
    const parts = scan.states.flatMap((state) => branches[state] ?? []);
    // Every parameter is named in each statement, so that Postgres knows its type.
    const types =
      "select $1::bigint as id where $2::bigint is null and $3::bigint is null and $4::int[] is null and $5::int[] is null and $6::int[] is null and false";
    if (scan.readyLanes.length > 0) parts.push(readyBranch);
    const union = [types, ...parts].map((part) => `(${part})`).join(" union ");
    values.push(scan.lanes, scan.ranks, scan.readyLanes);
    const which = scan.states.map((state) => jobStates.indexOf(state)).join("");
    const name = `scan-placements-${which}-${scan.readyLanes.length > 0 ? "ready" : ""}`;
    return { name, text: `select id from (${union}) u order by id desc limit $3`, values };
  }
  if (scan.kind === "one") values.push(scan.id);
  else if (scan.kind === "lanes") values.push(scan.lanes);
  else if ("value" in scan) values.push(scan.value);
  // How common a tag is decides the plan, so each is planned for itself.
  return { name: scan.kind === "tag" ? undefined : `scan-${scan.kind}`, text: scans[scan.kind], values };
}

/** The next candidates of a scan, newest first; fewer than `limit` means that the range holds no more. */
export async function scanJobIds(db: Queryable, scan: JobScan, range: ScanRange): Promise<string[]> {
  const { rows } = await db.query(scanStatement(scan, range));
  return (rows as { id: string }[]).map((row) => row.id);
}
