import type { Vitals } from "../transports/transport.ts";
import type { RunningAttempt } from "./running-attempt.ts";

/** What a worker tells its heartbeat of the attempts it runs. */
export function vitalsOf(attempts: Iterable<RunningAttempt>, concurrency: number): Vitals {
  const leases = new Map<string, { id: string; attempt: number; progress: number | null }[]>();
  let running = 0;
  let firstDeadlineMs = Number.POSITIVE_INFINITY;
  for (const { job, progressShare, deadlineMs } of attempts) {
    const held = leases.get(job.leaseId) ?? [];
    held.push({ id: job.id, attempt: job.attempt, progress: progressShare });
    leases.set(job.leaseId, held);
    running++;
    firstDeadlineMs = Math.min(firstDeadlineMs, deadlineMs);
  }
  return { running, saturation: running / concurrency, leases, firstDeadlineMs };
}
