import { parentPort, workerData } from "node:worker_threads";
import { openPool } from "#db/client.ts";
import { renewLeases } from "#server/store/leases/renew-leases.ts";
import { nowMs } from "#server/system/clock.ts";
import { monotonicEpochMs, type SlotLimit } from "../transports/transport.ts";
import type { BeatMessage, BeatOrder, BeatSettings } from "./heartbeat-messages.ts";

/** The main thread is called blocked when its sign of life is older than this, ms. */
const blockedAfterMs = 1_000;
/** After a failed beat the next comes this much later, ms. */
const retryMs = 500;
/** Leases remembered as given up: long before so many more, the first have run out. */
const mostAbandoned = 10_000;

const { connectionString, workerId, leaseMs, heartbeatMs, shared } = workerData as BeatSettings;
const pool = openPool({
  connectionString,
  max: 1,
  applicationName: `signalbox worker ${workerId} heartbeat`,
  statementTimeoutMs: Math.max(1_000, Math.floor(leaseMs / 3)),
  synchronousCommit: false,
});
/** Leases the main thread has given up: renewed, their jobs would stay with a worker that does not run them. */
const abandoned = new Set<string>();
let limit: SlotLimit | null = null;
let timer: NodeJS.Timeout | undefined;
let beating = false;
let again = false;
/** How far this machine's clock is behind the database's, as of the last beat; told with the next. */
let clockOffsetMs: number | null = null;

/** One heartbeat: renew, or let go when the main thread is blocked past the limit of what it runs. */
async function beat(): Promise<void> {
  if (beating) {
    again = true;
    return;
  }
  beating = true;
  clearTimeout(timer);
  const requestedAtMs = monotonicEpochMs();
  const [signOfLifeMs = 0, running = 0, saturation = 0, firstDeadlineMs = Number.POSITIVE_INFINITY] = shared;
  const lagMs = Math.max(0, requestedAtMs - signOfLifeMs);
  const blocked = lagMs > blockedAfterMs && requestedAtMs > firstDeadlineMs + blockedAfterMs;
  let nextMs = heartbeatMs;
  try {
    const vitals = { running, loopLagMs: lagMs, saturation, clockOffsetMs, limit };
    const sentAtMs = nowMs();
    const renewal = await renewLeases(pool, workerId, blocked ? 0 : leaseMs, vitals, null, [...abandoned]);
    clockOffsetMs = renewal.databaseMs - (sentAtMs + nowMs()) / 2;
    const leaseIds = blocked ? [] : renewal.leaseIds;
    const cancel = renewal.cancel.map((each) => each.jobId);
    const message: BeatMessage = {
      kind: "beat",
      leaseIds,
      cancel,
      preempt: renewal.preempt,
      allowance: renewal.ejection === null ? null : renewal.ejection === "ejected" ? 0 : 1,
      drain: renewal.state === "draining",
      expired: renewal.state === null,
      requestedAtMs,
    };
    parentPort?.postMessage(message);
  } catch (error) {
    nextMs = retryMs;
    const message: BeatMessage = {
      kind: "failed",
      error: error instanceof Error ? error.message : String(error),
    };
    parentPort?.postMessage(message);
  }
  beating = false;
  timer = setTimeout(() => void beat(), again ? 0 : nextWait(nextMs, firstDeadlineMs));
  again = false;
}

/** Wake up for the first limit too: it is the thread's to keep when the main thread is blocked. */
function nextWait(usualMs: number, firstDeadlineMs: number): number {
  const untilLimitMs = firstDeadlineMs + blockedAfterMs + 50 - monotonicEpochMs();
  return untilLimitMs > 0 ? Math.min(usualMs, untilLimitMs) : usualMs;
}

parentPort?.on("message", (order: BeatOrder) => {
  if (order.kind === "beat") return void beat();
  if (order.kind === "limit") {
    limit = order.limit;
    return;
  }
  for (const leaseId of order.leaseIds) abandoned.add(leaseId);
  for (const leaseId of abandoned) if (abandoned.size > mostAbandoned) abandoned.delete(leaseId);
});
void beat();
