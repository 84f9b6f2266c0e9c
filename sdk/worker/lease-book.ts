import { renewedTrustMs, trustedUntilMs } from "#core/lease/lease-times.ts";
import type { TransportJob } from "../transports/transport.ts";

interface HeldLease {
  /** Jobs claimed under it that are not settled for certain. */
  open: number;
  /** Until when this process may act on it, monotonic ms. */
  trustedUntilMs: number;
  /** When its claim was answered: a heartbeat sent before that cannot speak of it. */
  knownSinceMs: number;
}

/** The leases a worker holds: what is open under each, and until when it may be trusted. */
export class LeaseBook {
  readonly #leases = new Map<string, HeldLease>();
  /** Leases that heartbeats renewed and that are not in the book, with when that was first seen. */
  #strangers = new Map<string, number>();

  /** Enter the leases of a claim that was sent at `requestedAtMs` and answered at `answeredAtMs`. */
  claimed(jobs: readonly TransportJob[], requestedAtMs: number, answeredAtMs: number, leaseMs: number): void {
    const trusted = trustedUntilMs({ requestedAtMs, leaseMs });
    for (const job of jobs) {
      const lease = this.#leases.get(job.leaseId);
      if (lease) lease.open++;
      else this.#leases.set(job.leaseId, { open: 1, trustedUntilMs: trusted, knownSinceMs: answeredAtMs });
    }
  }

  /** Enter a heartbeat: renewed leases are trusted longer; returns those that it found gone. */
  renewed(
    leaseIds: readonly string[],
    requestedAtMs: number,
    answeredAtMs: number,
    leaseMs: number,
  ): string[] {
    const standing = new Set(leaseIds);
    const gone: string[] = [];
    for (const [id, lease] of this.#leases) {
      if (standing.has(id))
        lease.trustedUntilMs = renewedTrustMs({
          trustedUntilMs: lease.trustedUntilMs,
          requestedAtMs,
          answeredAtMs,
          leaseMs,
        });
      else if (lease.knownSinceMs < requestedAtMs) gone.push(id);
    }
    return gone;
  }

  /**
   * Of the leases a heartbeat renewed those that nobody here will ever settle: their claim's answer was lost. One not
   * in the book may still be on its way, so it counts only when every claim under way was sent (first at
   * `oldestClaimMs`, Infinity for none) after it was first seen.
   */
  stray(leaseIds: readonly string[], seenAtMs: number, oldestClaimMs: number): string[] {
    const unknown = leaseIds.filter((id) => !this.#leases.has(id));
    this.#strangers = new Map(unknown.map((id) => [id, this.#strangers.get(id) ?? seenAtMs]));
    return unknown.filter((id) => (this.#strangers.get(id) ?? seenAtMs) < oldestClaimMs);
  }

  /** Leases whose trust has run out. */
  distrusted(nowMs: number): string[] {
    return [...this.#leases].filter(([, lease]) => nowMs >= lease.trustedUntilMs).map(([id]) => id);
  }

  /**
   * Leases that will have nothing open once these settles (job counts by lease) are through. Never one that was given
   * up: what else stands under it is not settled, and would be lost with it.
   */
  closedBy(settling: ReadonlyMap<string, number>): string[] {
    const isLast = ([id, count]: [string, number]) =>
      (this.#leases.get(id)?.open ?? Number.POSITIVE_INFINITY) <= count;
    return [...settling].filter(isLast).map(([id]) => id);
  }

  /** Enter settles that are certain; returns leases left empty that nobody has dropped yet. */
  settled(settled: ReadonlyMap<string, number>, dropped: ReadonlySet<string>): string[] {
    const empty: string[] = [];
    for (const [id, count] of settled) {
      const lease = this.#leases.get(id);
      if (!lease) continue;
      lease.open -= count;
      if (lease.open > 0) continue;
      this.#leases.delete(id);
      if (!dropped.has(id)) empty.push(id);
    }
    return empty;
  }

  /** Whether the lease is held and not given up. */
  has(id: string): boolean {
    return this.#leases.has(id);
  }

  /** Give up a lease that is lost. */
  forget(id: string): void {
    this.#leases.delete(id);
  }
}

/** How many of the jobs stand under each lease. */
export function countByLease(jobs: Iterable<TransportJob>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const job of jobs) counts.set(job.leaseId, (counts.get(job.leaseId) ?? 0) + 1);
  return counts;
}
