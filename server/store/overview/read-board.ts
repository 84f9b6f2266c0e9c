import type { TokenBucket } from "#core/flow/token-bucket.ts";
import type { Queryable } from "#db/client.ts";
import { type OpenAlerts, openAlerts } from "../alerts/count-open-alerts.ts";
import { type AuditEntry, auditColumns } from "../audit/audit-entry.ts";
import { type OpenBulk, openBulk } from "../bulk/list-bulk.ts";
import { type SecondCounters, secondCounters } from "../metrics/read-second-counters.ts";
import { type FleetRow, fleetGroups } from "./read-fleet.ts";
import { type CountedDepth, type DepthRow, depthsOf, latestDepths } from "./read-latest-depths.ts";
import { type WorkerRow, workerRows } from "./read-workers.ts";

/** All that the Board and the pages beside it are built from, at one moment. */
export interface BoardRows {
  depths: { atMs: number; rows: DepthRow[] } | null;
  fleet: FleetRow[];
  seconds: SecondCounters[];
  /** The token buckets of queues with a rate limit, by the queue's id. */
  buckets: (TokenBucket & { queueId: number })[];
  /** The token buckets of dependencies whose starts are limited, by the dependency's id. */
  dependencyBuckets: (TokenBucket & { dependencyId: number })[];
  workers: WorkerRow[];
  /** What needs a person, as the dispatcher last assessed it; null when that was longer than half a minute ago. */
  attention: unknown;
  /** The latest acts, newest first. */
  acts: AuditEntry[];
  bulk: OpenBulk;
  alerts: OpenAlerts;
}

const all = (statement: string) => `(select coalesce(json_agg(r), '[]') from (${statement}) r)`;

const buckets = `select queue_id as "queueId", json_build_object('count', count, 'perMs', per_ms) as "limit", level, at_ms as "atMs"
  from signalbox.queue_buckets limit 1000`;

const dependencyBuckets = `select dependency_id as "dependencyId", json_build_object('count', count, 'perMs', per_ms) as "limit", level, at_ms as "atMs"
  from signalbox.dependency_buckets limit 1000`;

const attention = `select body from signalbox.attention where at_ms > signalbox.now_ms() - 30000`;

// Sign-ins are no acts on the work; what is done to single jobs is.
const acts = `select ${auditColumns}, before, after
  from (select * from signalbox.audit_entries order by seq desc limit 100) e
  where object_kind not in ('session', 'view') order by seq desc limit 8`;

const board = `select json_build_object('depths', ${all(latestDepths)}, 'fleet', ${all(fleetGroups)},
  'seconds', ${all(secondCounters)}, 'buckets', ${all(buckets)},
  'dependencyBuckets', ${all(dependencyBuckets)}, 'workers', ${all(workerRows)},
  'attention', (${attention}), 'acts', ${all(acts)},
  'bulk', (select row_to_json(b) from (${openBulk}) b), 'alerts', (select row_to_json(a) from (${openAlerts}) a))::text as board`;

/**
 * Read what the Board shows in one statement, so that an open tab costs one query a second: the last count of depths,
 * the live fleet, what needs a person, the latest acts, the counters from `fromMs` on, buckets, and up to `workers` workers that live or ended within `endedMs`.
 */
export async function readBoard(
  db: Queryable,
  options: { fromMs: number; workers: number; endedMs: number },
): Promise<BoardRows> {
  const { rows } = await db.query({
    name: "read-board",
    text: board,
    values: [Math.floor(options.fromMs), options.endedMs, options.workers],
  });
  const read = JSON.parse((rows[0] as { board: string }).board) as Omit<BoardRows, "depths"> & {
    depths: CountedDepth[];
  };
  return { ...read, depths: depthsOf(read.depths) };
}
