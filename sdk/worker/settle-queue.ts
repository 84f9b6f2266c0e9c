import type { Log } from "#server/system/log.ts";
import { type FinishedRun, monotonicEpochMs, type Transport } from "../transports/transport.ts";
import { countByLease, type LeaseBook } from "./lease-book.ts";

/** Most runs of one settle. */
const largestBatch = 2_000;
/** From this many waiting runs a batch goes at once. */
const worthwhileBatch = 256;
/** Between two smaller batches at least, ms: each costs a commit, which waits for the disk. */
const batchEveryMs = 5;
/** Settles under way at once. */
const mostAtOnce = 2;
const firstRetryMs = 50;
const longestRetryMs = 2_000;

export interface SettleQueueEvents {
  /** These settles are certain, `lost` of them refused because the lease was gone; `tookMs` null when nothing had to be sent. */
  onSettled: (runs: readonly FinishedRun[], lost: number, tookMs: number | null) => void;
}

/**
 * Collects finished runs and settles them in batches: at once after a quiet moment, else with whatever finishes
 * within 5 ms. A lost connection is tried again until the lease is given up; a settle is
 * safe to repeat. Leases are dropped with the last of their jobs.
 */
export class SettleQueue {
  readonly #transport: Transport;
  readonly #leases: LeaseBook;
  readonly #log: Log;
  readonly #events: SettleQueueEvents;
  #waiting: FinishedRun[] = [];
  #emptyLeases: string[] = [];
  #active = 0;
  #scheduled = false;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #idle: (() => void)[] = [];

  constructor(transport: Transport, leases: LeaseBook, log: Log, events: SettleQueueEvents) {
    this.#transport = transport;
    this.#leases = leases;
    this.#log = log;
    this.#events = events;
  }

  /** Runs not settled for certain yet. */
  get size(): number {
    return this.#waiting.length + this.#active;
  }

  add(run: FinishedRun): void {
    this.#waiting.push(run);
    if (this.#waiting.length === worthwhileBatch) setImmediate(() => this.#flush());
    this.#schedule();
  }

  /** Resolves when everything handed in is settled or given up. */
  async drained(): Promise<void> {
    this.#flush();
    if (this.#waiting.length === 0 && this.#active === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Drop leases under which nothing is open any more, with the next settle or by themselves. */
  dropEmpty(leaseIds: readonly string[]): void {
    if (leaseIds.length === 0) return;
    this.#emptyLeases.push(...leaseIds);
    this.#schedule();
  }

  /** Forget the runs of a lost lease. */
  drop(leaseIds: ReadonlySet<string>): void {
    this.#waiting = this.#waiting.filter((run) => !leaseIds.has(run.job.leaseId));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const go = () => {
      this.#scheduled = false;
      this.#flush();
    };
    const waitMs = this.#sentAtMs + batchEveryMs - monotonicEpochMs();
    // After the present turn of the event loop at the least, so that what finishes together is settled together.
    if (waitMs > 0) setTimeout(go, waitMs);
    else setImmediate(go);
  }

  #flush(): void {
    while (
      this.#active < mostAtOnce &&
      (this.#waiting.length > 0 || (this.#emptyLeases.length > 0 && this.#active === 0))
    ) {
      const batch = this.#waiting.splice(0, largestBatch);
      this.#active++;
      this.#sentAtMs = monotonicEpochMs();
      void this.#settle(batch);
    }
  }

  async #settle(batch: FinishedRun[]): Promise<void> {
    for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
      // Leases may have been lost since the last try: their jobs are somebody else's now.
      const runs = batch.filter((run) => this.#leases.has(run.job.leaseId));
      const counts = countByLease(runs.map((run) => run.job));
      const empty = this.#emptyLeases.splice(0);
      if (runs.length === 0 && empty.length === 0) {
        if (batch.length > 0) this.#events.onSettled(batch, batch.length, null);
        break;
      }
      const dropped = new Set([...this.#leases.closedBy(counts), ...empty]);
      const sentAtMs = monotonicEpochMs();
      try {
        const accepted = await this.#transport.settle(runs, [...dropped]);
        const kept = accepted === "all" ? runs.length : runs.filter((run) => accepted.has(run.job.id)).length;
        this.#emptyLeases.push(...this.#leases.settled(counts, dropped));
        this.#events.onSettled(batch, batch.length - kept, monotonicEpochMs() - sentAtMs);
        break;
      } catch (error) {
        // Empty leases that are left behind lapse with the worker: nothing to wait for when it is stopping.
        if (runs.length > 0 || this.#idle.length === 0) this.#emptyLeases.push(...empty);
        this.#log.warn({ runs: runs.length, error: String(error) }, "settling failed; trying again");
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    this.#active--;
    const hurry =
      this.#idle.length > 0 || this.#waiting.length === 0 || this.#waiting.length >= worthwhileBatch;
    if (hurry) this.#flush();
    else this.#schedule();
    if (this.#waiting.length > 0 || this.#active > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
