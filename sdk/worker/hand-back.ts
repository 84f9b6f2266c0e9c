import type { Log } from "#server/system/log.ts";
import type { Transport, TransportJob } from "../transports/transport.ts";
import { countByLease, type LeaseBook } from "./lease-book.ts";

const firstRetryMs = 50;
const longestRetryMs = 2_000;

/**
 * Hand back jobs that never started, with no attempt used. A lost connection is tried again until the leases are given
 * up: counted as settled before that is certain, the jobs would be dropped with their leases. Never rejects; returns
 * the leases that it left empty and nobody has dropped.
 */
export async function handBack(
  transport: Transport,
  leases: LeaseBook,
  jobs: readonly TransportJob[],
  log: Log,
): Promise<string[]> {
  for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
    const held = jobs.filter((job) => leases.has(job.leaseId));
    if (held.length === 0) return [];
    const counts = countByLease(held);
    const closed = leases.closedBy(counts);
    try {
      await transport.release(held, closed);
      return leases.settled(counts, new Set(closed));
    } catch (error) {
      log.warn({ jobs: held.length, error: String(error) }, "handing back failed; trying again");
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
