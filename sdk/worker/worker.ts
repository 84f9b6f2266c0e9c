import { slotsFor } from "#core/priority/reserve-slots.ts";
import type { Log } from "#server/system/log.ts";
import { AttemptAborted } from "../errors.ts";
import {
  type FinishedRun,
  type HeartbeatReport,
  monotonicEpochMs,
  type Transport,
  type TransportJob,
} from "../transports/transport.ts";
import { ClaimPacer, type ClaimWish, pollMs } from "./claim-pacer.ts";
import { DependencyFlow } from "./dependency-flow.ts";
import { handBack } from "./hand-back.ts";
import { LeaseBook } from "./lease-book.ts";
import { FinishRate, prefetchJobs } from "./prefetch.ts";
import { runAttempt } from "./run-attempt.ts";
import { RunningAttempt } from "./running-attempt.ts";
import { RunningAttempts } from "./running-attempts.ts";
import { SettleQueue } from "./settle-queue.ts";
import { StartLine } from "./start-line.ts";
import { vitalsOf } from "./vitals.ts";
import { WorkerCapacity } from "./worker-capacity.ts";
import { WorkerOrders } from "./worker-orders.ts";
import type { WorkerSettings } from "./worker-settings.ts";

/** How often limits of running attempts and leases are looked at, ms. */
const sweepMs = 100;

/**
 * Claims jobs, runs their handlers with bounded concurrency and settles them. Never throws by itself: what goes
 * wrong is logged and tried again; handlers cannot harm it short of blocking the event loop.
 */
export class WorkerRuntime {
  readonly #settings: WorkerSettings;
  readonly #transport: Transport;
  readonly #log: Log;
  readonly #flow: DependencyFlow;
  readonly #line: StartLine;
  readonly #capacity: WorkerCapacity;
  readonly #leases = new LeaseBook();
  readonly #running: RunningAttempts;
  readonly #settles: SettleQueue;
  readonly #rate = new FinishRate(monotonicEpochMs());
  readonly #pacer = new ClaimPacer(() => this.#wake());
  readonly #claimAbort = new AbortController();
  #fillQueued = false;
  /** Dependencies whose jobs the last claim left to others. */
  #excepted: readonly string[] = [];
  readonly #orders: WorkerOrders;
  #timer: NodeJS.Timeout | undefined;
  #paceTimer: NodeJS.Timeout | undefined;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#transport = settings.transport;
    this.#log = settings.log;
    this.#orders = new WorkerOrders(settings.log);
    this.#flow = new DependencyFlow(settings.transport, settings.registration.concurrency);
    this.#line = new StartLine(this.#flow);
    this.#running = new RunningAttempts(this.#flow);
    this.#capacity = new WorkerCapacity(settings, sweepMs);
    this.#settles = new SettleQueue(this.#transport, this.#leases, this.#log, {
      onSettled: (runs, lost, tookMs) => {
        this.#capacity.settled(tookMs);
        if (lost > 0) this.#log.warn({ lost, of: runs.length }, "results discarded: their leases were lost");
      },
    });
  }

  /** Register and begin to claim. Rejects when Signalbox cannot be reached. */
  async start(): Promise<void> {
    this.#transport.onWake(() => this.#wake());
    await this.#transport.start(
      this.#settings.registration,
      () => vitalsOf(this.#running.values(), this.#slotsNow, this.#capacity.explained),
      (report) => this.#heard(report),
    );
    this.#orders.started();
    this.#timer = setInterval(() => this.#sweep(), sweepMs);
    this.#wake();
  }

  /** Attempts it may run at once now. */
  get #slotsNow(): number {
    const slots = this.#capacity.limit;
    return Math.min(slots, this.#orders.allowance ?? slots);
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
    this.#orders.stop();
    this.#claimAbort.abort();
    await this.#handBack(this.#line.takeAll());
    // What a claim under way still brings is handed back below.
    await Promise.all([this.#running.quiet(this.#settings.drainMs), this.#pacer.stop()]);
    for (const attempt of this.#running.values())
      attempt.abort(new AttemptAborted("shutdown", "the worker is shutting down; the job is handed back"));
    await this.#running.quiet(1_000);
    for (const attempt of [...this.#running.values()]) this.#finish(attempt, { kind: "released" });
    await this.#handBack(this.#line.takeAll());
    await this.#settles.drained();
    clearInterval(this.#timer);
    clearTimeout(this.#paceTimer);
    await this.#transport.close();
  }

  #wake(): void {
    this.#pacer.hint();
    this.#readGates();
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
    if (this.#orders.stopping) return;
    const slots = this.#slotsNow;
    while (this.#running.size < slots) {
      const otherAllowed = this.#slots(slots - this.#running.size).maxOther > 0;
      const job = this.#line.take(otherAllowed, monotonicEpochMs);
      if (job === undefined) break;
      this.#begin(job);
    }
    this.#fillWhenPaced();
    if (this.#excepted.length > 0 && this.#flow.hasRoom(this.#excepted, monotonicEpochMs())) {
      this.#excepted = [];
      this.#pacer.hint();
    }
    if (!this.#orders.accepting || !this.#pacer.isOpen || slots === 0) return;
    const free = Math.max(0, slots - this.#running.size);
    const wish = this.#pacer.wish({
      slots,
      free,
      ahead: prefetchJobs(this.#rate.perSecond(monotonicEpochMs()), slots, this.#rate.meanMs),
      buffered: this.#line.size,
      otherBuffered: this.#line.otherSize,
      otherSlots: this.#slots(free).maxOther,
    });
    if (wish !== null) void this.#claim(wish);
  }

  /** A job that waits for the pace of its dependency starts with no event but the passing of time. */
  #fillWhenPaced(): void {
    const inMs = this.#line.pacedInMs(monotonicEpochMs());
    if (inMs === null || this.#paceTimer !== undefined) return;
    this.#paceTimer = setTimeout(() => {
      this.#paceTimer = undefined;
      this.#fill();
    }, Math.ceil(inMs));
  }

  #slots(free: number): { max: number; maxOther: number } {
    const { reservedShare } = this.#transport;
    return slotsFor({ concurrency: this.#slotsNow, runningOther: this.#running.other, free, reservedShare });
  }

  async #claim(wish: ClaimWish): Promise<void> {
    const requestedAtMs = monotonicEpochMs();
    this.#excepted = this.#flow.excepted(requestedAtMs);
    const max = this.#flow.atMost(wish.max, requestedAtMs);
    const limits = {
      max,
      maxOther: Math.min(max, wish.maxOther),
      waitMs: pollMs * 20,
      except: this.#excepted,
    };
    const answer = this.#transport.claim(limits, this.#claimAbort.signal);
    this.#pacer.sent(answer, requestedAtMs);
    let found: number | null = null;
    let failure: unknown;
    try {
      const jobs = await answer;
      found = jobs.length;
      this.#leases.claimed(jobs, requestedAtMs, monotonicEpochMs(), this.#transport.leaseMs);
      this.#line.add(jobs);
    } catch (error) {
      failure = error;
    }
    this.#pacer.answered(answer, limits, found, this.#orders.accepting, monotonicEpochMs());
    if (found === null && this.#orders.accepting)
      this.#log.warn(
        { error: String(failure), retryMs: this.#pacer.retryMs },
        "claiming failed; trying again",
      );
    // It was asked for before the drain began.
    if (this.#orders.draining) void this.#handBack(this.#line.takeAll());
    this.#fill();
  }

  #begin(job: TransportJob): void {
    const attempt = new RunningAttempt(job, this.#transport, this.#log, this.#transport.nowMs());
    this.#running.add(attempt);
    this.#transport.started(job, Math.max(0, attempt.startedAtMs - job.runAtMs));
    void runAttempt(attempt, this.#settings.jobFor(job)).then((result) => this.#finish(attempt, result));
  }

  #finish(attempt: RunningAttempt, result: FinishedRun["result"]): void {
    if (attempt.over) return;
    this.#running.end(attempt, result);
    attempt.endLog();
    const { job, startedAtMs } = attempt;
    const finishedAtMs = Math.max(this.#transport.nowMs(), startedAtMs);
    this.#rate.add(finishedAtMs - startedAtMs);
    this.#capacity.ended(job, result, finishedAtMs - startedAtMs);
    this.#settles.add({ job, startedAtMs, finishedAtMs, result });
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
    const atMs = monotonicEpochMs();
    this.#lose(this.#leases.distrusted(atMs), "the lease could not be renewed in time");
    this.#flow.sweep((id) => this.#running.get(id)?.job, atMs);
    this.#readGates();
    const overdue = this.#line.takeOverdue(atMs);
    if (overdue.length > 0) void this.#handBack(overdue);
    if (this.#capacity.review(this.#running.size, atMs)) this.#fill();
  }

  /** Hand back what a gate that was shut keeps from starting. */
  #readGates(): void {
    if (!this.#flow.readGates(monotonicEpochMs())) return;
    const shut = this.#line.takeAll((job) => job.dependencies.length > 0 && this.#flow.isShut(job));
    if (shut.length > 0) void this.#handBack(shut);
  }

  #heard(report: HeartbeatReport): void {
    const leaseMs = this.#transport.leaseMs;
    const gone = this.#leases.renewed(report.leaseIds, report.requestedAtMs, monotonicEpochMs(), leaseMs);
    this.#lose(gone, "the lease was taken away");
    // A heartbeat renews whatever is this worker's: what it has given up, or never heard of, must be left to run out.
    const now = monotonicEpochMs();
    const stray = this.#leases.stray(report.leaseIds, now, this.#pacer.oldestSentMs);
    if (stray.length > 0) this.#transport.letGo(stray);
    for (const id of report.preempt) this.#running.get(id)?.giveWay();
    for (const id of report.cancel) {
      this.#running.get(id)?.abort(new AttemptAborted("cancelled", "the job was cancelled"));
      const waiting = this.#line.takeAll((job) => job.id === id);
      if (waiting.length > 0) void this.#handBack(waiting);
    }
    const news = this.#orders.hear(report, this.#running.size);
    if (news === "expired") this.#settings.onExpired?.();
    if (news === "fewer") void this.#handBack(this.#line.takeAll());
    if (news !== null && this.#orders.accepting) this.#wake();
  }

  /** Stop everything under these leases: somebody else may have the jobs. */
  #lose(leaseIds: readonly string[], why: string): void {
    if (leaseIds.length === 0) return;
    const lost = new Set(leaseIds);
    this.#line.takeAll((job) => lost.has(job.leaseId));
    this.#settles.drop(lost);
    for (const id of lost) this.#leases.forget(id);
    this.#transport.letGo(leaseIds);
    for (const attempt of [...this.#running.values()]) {
      if (!lost.has(attempt.job.leaseId)) continue;
      attempt.abort(new AttemptAborted("lease-lost", why));
      this.#running.end(attempt, null);
      this.#log.warn(
        { job: attempt.job.id, attempt: attempt.job.attempt },
        `${why}: the handler was told to stop`,
      );
    }
    this.#fill();
  }

  async #handBack(jobs: TransportJob[]): Promise<void> {
    this.#settles.dropEmpty(await handBack(this.#transport, this.#leases, jobs, this.#log));
  }
}
