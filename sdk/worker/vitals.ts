import type { SlotLimit, Vitals } from "../transports/transport.ts";
import type { RunningAttempt } from "./running-attempt.ts";

/** What a worker tells its heartbeat of the attempts it runs, of the `slots` it has, and of why those are so many. */
export function vitalsOf(attempts: Iterable<RunningAttempt>, slots: number, limit: SlotLimit | null): Vitals {
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
  return { running, saturation: Math.min(1, running / slots), leases, firstDeadlineMs, limit };
}
