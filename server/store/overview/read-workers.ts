/** A worker as it last told of itself. */
export interface WorkerRow {
  id: string;
  pool: string;
  definitions: string[];
  concurrency: number;
  transport: "postgres" | "http" | "target";
  host: string;
  pid: number | null;
  version: string | null;
  heartbeatMs: number;
  state: "active" | "draining" | "stopped" | "lost";
  running: number;
  loopLagMs: number | null;
  /** Share of its slots in use as it reckons, 0…1. */
  saturation: number | null;
  /** How far its clock is behind the database's (negative: ahead), ms; null when it does not tell. */
  clockOffsetMs: number | null;
  /** Jobs that were taken back from it because it fell silent. */
  takenBack: number;
  /** Why and by whom it is being drained. */
  drainReason: string | null;
  drainedBy: string | null;
  /** How many attempts it runs at once now, and why, when it adapts that to load; null when it does not. */
  slotLimit: number | null;
  limitBecause: string | null;
  startedAtMs: number;
  heartbeatAtMs: number;
  endedAtMs: number | null;
}

const epochMs = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** The columns of a {@link WorkerRow}. */
export const workerColumns = `id::text as id, pool, definitions, concurrency, transport, host, pid, version, heartbeat_ms as "heartbeatMs",
  state, running, loop_lag_ms::float8 as "loopLagMs", saturation::float8 as saturation,
  clock_offset_ms::float8 as "clockOffsetMs", taken_back as "takenBack", drain_reason as "drainReason", drained_by as "drainedBy",
  slot_limit as "slotLimit", limit_because as "limitBecause",
  ${epochMs("started_at")} as "startedAtMs", ${epochMs("heartbeat_at")} as "heartbeatAtMs", ${epochMs("ended_at")} as "endedAtMs"`;

/**
 * Workers that live, then those that ended within $2 ms, newest end first; $3 at most in all. Read together with the
 * Board; see read-board.ts.
 */
export const workerRows = `select ${workerColumns} from signalbox.workers
  where ended_at is null or ended_at > clock_timestamp() - make_interval(secs => $2 / 1000.0)
  order by ended_at desc nulls first, pool, host, id limit $3`;
