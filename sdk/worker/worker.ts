import { slotsFor } from "#core/priority/reserve-slots.ts";
import type { Log } from "#server/system/log.ts";
import { AttemptAborted } from "../errors.ts";
import {
  type HeartbeatReport,
  monotonicEpochMs,
  type Transport,
  type TransportJob,
} from "../transports/transport.ts";
import { handBack } from "./hand-back.ts";
import { IdleGate } from "./idle-gate.ts";
import { isUrgent, JobBuffer } from "./job-buffer.ts";
import { LeaseBook } from "./lease-book.ts";
import { FinishRate, prefetchJobs } from "./prefetch.ts";
import { runAttempt } from "./run-attempt.ts";
import { RunningAttempt } from "./running-attempt.ts";
import { SettleQueue } from "./settle-queue.ts";
import { vitalsOf } from "./vitals.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** Without a hint the worker looks for work this often, ms: what a lost NOTIFY can cost. */
const pollMs = 1_000;
/** After a claim that found something, one more look this much later, ms: a submit may have raced with it. */
const recheckMs = 10;
/** How often limits of running attempts and leases are looked at, ms. */
const sweepMs = 100;
/** Claims under way at once while there is a backlog. */
const mostClaims = 2;

/**
 * Claims jobs, runs their handlers with bounded concurrency and settles them. Never throws by itself: what goes
 * wrong is logged and tried again; handlers cannot harm it short of blocking the event loop.
 */
export class WorkerRuntime {
  readonly #settings: WorkerSettings;
  readonly #transport: Transport;
  readonly #log: Log;
  readonly #buffer = new JobBuffer();
  readonly #leases = new LeaseBook();
  readonly #running = new Map<string, RunningAttempt>();
  readonly #settles: SettleQueue;
  readonly #rate = new FinishRate(monotonicEpochMs());
  readonly #claimAbort = new AbortController();
  #runningOther = 0;
  #fillQueued = false;
  /** Claims under way, with when each was sent. */
  readonly #claims = new Map<Promise<unknown>, number>();
  #accepting = false;
  #draining = false;
  #expired = false;
  #stopping = false;
  #hintedAtClaim = false;
  /** Of what the last claim found nothing: of critical and high when it could not ask for more. */
  #empty: "nothing" | "urgent" | "all" = "nothing";
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #retryMs = 100;
  readonly #idleGate = new IdleGate();

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#transport = settings.transport;
    this.#log = settings.log;
    this.#settles = new SettleQueue(this.#transport, this.#leases, this.#log, {
      onSettled: (runs, lost) => {
        if (lost > 0) this.#log.warn({ lost, of: runs.length }, "results discarded: their leases were lost");
      },
    });
  }

  /** Register and begin to claim. Rejects when Signalbox cannot be reached. */
  async start(): Promise<void> {
    this.#transport.onWake(() => this.#wake());
    await this.#transport.start(
      this.#settings.registration,
      () => vitalsOf(this.#running.values(), this.#settings.registration.concurrency),
      (report) => this.#heard(report),
    );
    this.#accepting = true;
    this.#timer = setInterval(() => this.#sweep(), sweepMs);
    this.#wake();
  }

  /** Jobs whose handlers are at work now. */
  get runningCount(): number {
    return this.#running.size;
  }

  /**
   * Stop claiming, hand back what never started, wait for handlers up to the drain limit, then abort them and hand
   * those back too; settle everything and end the registration.
   */
  async stop(): Promise<void> {
    this.#accepting = false;
    this.#stopping = true;
    this.#claimAbort.abort();
    clearTimeout(this.#poll);
    await this.#handBack(this.#buffer.takeAll());
    // What a claim under way still brings is handed back below.
    await Promise.all([this.#quiet(this.#settings.drainMs), Promise.allSettled(this.#claims.keys())]);
    for (const attempt of this.#running.values())
      attempt.abort(new AttemptAborted("shutdown", "the worker is shutting down; the job is handed back"));
    await this.#quiet(1_000);
    for (const attempt of [...this.#running.values()]) this.#finish(attempt, { kind: "released" });
    await this.#handBack(this.#buffer.takeAll());
    await this.#settles.drained();
    clearInterval(this.#timer);
    await this.#transport.close();
  }

  #wake(): void {
    this.#empty = "nothing";
    this.#hintedAtClaim = true;
    this.#fill();
  }

  /** Fill once for all the handlers that finish in this turn of the event loop. */
  #fillSoon(): void {
    if (this.#fillQueued) return;
    this.#fillQueued = true;
    queueMicrotask(() => {
      this.#fillQueued = false;
      this.#fill();
    });
  }

  /** Start what is buffered while slots are free, and claim more when the buffer runs low. */
  #fill(): void {
    if (this.#stopping) return;
    const { concurrency } = this.#settings.registration;
    while (this.#running.size < concurrency) {
      const otherAllowed = this.#slots(concurrency - this.#running.size).maxOther > 0;
      const job = this.#buffer.take(otherAllowed);
      if (job === undefined) break;
      this.#begin(job);
    }
    if (!this.#accepting || this.#empty === "all" || this.#claims.size >= mostClaims) return;
    const free = concurrency - this.#running.size;
    const ahead = prefetchJobs(this.#rate.perSecond(monotonicEpochMs()));
    const wanted = free + ahead - this.#buffer.size;
    // A second claim is worth its trip for a backlog of quick jobs, and for a hint that came after the first was sent.
    const backlog = ahead >= concurrency && this.#buffer.size <= ahead / 2;
    if (this.#claims.size > 0 && !backlog && !this.#hintedAtClaim) return;
    if (wanted <= 0 || (this.#buffer.size >= free && this.#buffer.size > ahead / 2)) return;
    const otherRoom = Math.max(0, this.#slots(free).maxOther + ahead - this.#buffer.otherSize);
    if (this.#empty === "urgent" && otherRoom === 0) return;
    void this.#claim(wanted, Math.min(wanted, otherRoom));
  }

  #slots(free: number): { max: number; maxOther: number } {
    const { reservedShare } = this.#transport;
    return slotsFor({
      concurrency: this.#settings.registration.concurrency,
      runningOther: this.#runningOther,
      free,
      reservedShare,
    });
  }

  async #claim(max: number, maxOther: number): Promise<void> {
    this.#hintedAtClaim = false;
    clearTimeout(this.#poll);
    const requestedAtMs = monotonicEpochMs();
    const answer = this.#transport.claim({ max, maxOther, waitMs: pollMs * 20 }, this.#claimAbort.signal);
    this.#claims.set(answer, requestedAtMs);
    let found = 0;
    try {
      const jobs = await answer;
      found = jobs.length;
      this.#leases.claimed(jobs, requestedAtMs, monotonicEpochMs(), this.#transport.leaseMs);
      this.#buffer.add(jobs);
      this.#retryMs = 100;
    } catch (error) {
      this.#retryMs = Math.min(this.#retryMs * 2, 5_000);
      if (this.#accepting)
        this.#log.warn({ error: String(error), retryMs: this.#retryMs }, "claiming failed; trying again");
      found = -1;
    } finally {
      this.#claims.delete(answer);
    }
    // Little of what was wanted: look once more soon rather than at once.
    const isSated = found < max / 4 && !this.#hintedAtClaim;
    // It was asked for before the drain began.
    if (this.#draining) void this.#handBack(this.#buffer.takeAll());
    this.#empty = isSated ? (maxOther === 0 && found >= 0 ? "urgent" : "all") : "nothing";
    if (this.#accepting && (isSated || found < max / 4))
      this.#lookAgain(found > 0 ? recheckMs : found === 0 ? pollMs : this.#retryMs);
    this.#fill();
  }

  #lookAgain(afterMs: number): void {
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => this.#wake(), afterMs);
  }

  #begin(job: TransportJob): void {
    const attempt = new RunningAttempt(job, this.#transport, this.#log, this.#transport.nowMs());
    this.#running.set(job.id, attempt);
    if (!isUrgent(job)) this.#runningOther++;
    this.#transport.started(job, Math.max(0, attempt.startedAtMs - job.runAtMs));
    void runAttempt(attempt, this.#settings.jobFor(job)).then((result) => this.#finish(attempt, result));
  }

  #finish(attempt: RunningAttempt, result: Awaited<ReturnType<typeof runAttempt>>): void {
    if (attempt.over) return;
    attempt.over = true;
    attempt.endLog();
    const { job, startedAtMs } = attempt;
    this.#running.delete(job.id);
    if (!isUrgent(job)) this.#runningOther--;
    this.#rate.add(1);
    this.#settles.add({
      job,
      startedAtMs,
      finishedAtMs: Math.max(this.#transport.nowMs(), startedAtMs),
      result,
    });
    if (this.#running.size === 0) this.#idleGate.idle();
    this.#fillSoon();
  }

  /** Tell attempts past a limit to stop, settle those that do not, and give up what can no longer be trusted. */
  #sweep(): void {
    const nowMs = this.#transport.nowMs();
    for (const attempt of [...this.#running.values()]) {
      const overrun = attempt.enforceLimits(nowMs);
      if (overrun === null) continue;
      const failure = { name: "AttemptTimeout", message: overrun.message, class: "timeout" as const };
      this.#finish(attempt, { kind: "timed-out", failure });
    }
    this.#lose(this.#leases.distrusted(monotonicEpochMs()), "the lease could not be renewed in time");
  }

  #heard(report: HeartbeatReport): void {
    const leaseMs = this.#transport.leaseMs;
    const gone = this.#leases.renewed(report.leaseIds, report.requestedAtMs, monotonicEpochMs(), leaseMs);
    this.#lose(gone, "the lease was taken away");
    // A heartbeat renews whatever is this worker's: what it has given up, or never heard of, must be left to run out.
    const now = monotonicEpochMs();
    const stray = this.#leases.stray(report.leaseIds, now, Math.min(...this.#claims.values()));
    if (stray.length > 0) this.#transport.letGo(stray);
    for (const id of report.cancel) {
      this.#running.get(id)?.abort(new AttemptAborted("cancelled", "the job was cancelled"));
      const waiting = this.#buffer.takeAll((job) => job.id === id);
      if (waiting.length > 0) void this.#handBack(waiting);
    }
    if (report.expired) this.#expire();
    else if (report.drain !== this.#draining) this.#drain(report.drain);
  }

  #expire(): void {
    if (this.#expired) return;
    this.#expired = true;
    this.#accepting = false;
    this.#log.info({}, "the registration ended; the worker stops");
    this.#settings.onExpired?.();
  }

  /** Claim no more, hand back what has not started, finish the rest; still registered, so that it can be taken back. */
  #drain(draining: boolean): void {
    if (this.#stopping || this.#expired) return;
    this.#draining = draining;
    this.#accepting = !draining;
    this.#log.info({ draining, running: this.#running.size }, "the worker's drain was switched");
    if (draining) void this.#handBack(this.#buffer.takeAll());
    else this.#wake();
  }

  /** Stop everything under these leases: somebody else may have the jobs. */
  #lose(leaseIds: readonly string[], why: string): void {
    if (leaseIds.length === 0) return;
    const lost = new Set(leaseIds);
    this.#buffer.takeAll((job) => lost.has(job.leaseId));
    this.#settles.drop(lost);
    for (const id of lost) this.#leases.forget(id);
    this.#transport.letGo(leaseIds);
    for (const attempt of [...this.#running.values()]) {
      if (!lost.has(attempt.job.leaseId)) continue;
      attempt.abort(new AttemptAborted("lease-lost", why));
      attempt.over = true;
      this.#running.delete(attempt.job.id);
      if (!isUrgent(attempt.job)) this.#runningOther--;
      this.#log.warn(
        { job: attempt.job.id, attempt: attempt.job.attempt },
        `${why}: the handler was told to stop`,
      );
    }
    if (this.#running.size === 0) this.#idleGate.idle();
    this.#fill();
  }

  async #handBack(jobs: TransportJob[]): Promise<void> {
    this.#settles.dropEmpty(await handBack(this.#transport, this.#leases, jobs, this.#log));
  }

  async #quiet(limitMs: number): Promise<void> {
    if (this.#running.size > 0) await this.#idleGate.wait(limitMs);
  }
}
