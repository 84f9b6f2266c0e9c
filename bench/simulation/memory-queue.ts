import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import type { Random } from "../../core/clock.ts";
import type { FailureClass } from "../../core/failure/failure-class.ts";
import { isShut } from "../../core/flow/dependency-gate.ts";
import { priorityAt, priorityClasses } from "../../core/priority/priority-class.ts";
import { decideRetry } from "../../core/retry/decide-retry.ts";
import { JobLine } from "./job-line.ts";
import { MemoryBudgets } from "./memory-budgets.ts";
import { MemoryClaimer } from "./memory-claimer.ts";
import { type MemoryGate, MemoryGates } from "./memory-gates.ts";
import type {
  ClaimOrder,
  FailedJob,
  HeldJob,
  Place,
  PromotedJobs,
  QueueLayout,
  QueueStore,
  Report,
  SubmittedJob,
} from "./queue-store.ts";
import type { QueuedJob } from "./queued-job.ts";

/** As in decide-settlement.ts: failures between us and a service. */
const onTheWay: ReadonlySet<FailureClass> = new Set([
  "transient",
  "timeout",
  "rate-limited",
  "dependency-down",
]);
const none: readonly number[] = [];

/**
 * The queue in memory: the claim, the settlement, the promotion and the gates as the operations on Postgres have them,
 * through the same functions of core. Queues' own limits, keys and leases that lapse are left out.
 */
export class MemoryQueue implements QueueStore {
  readonly #layout: QueueLayout;
  readonly #random: Random;
  readonly #ready: JobLine<QueuedJob>[][];
  readonly #scheduled = new JobLine<QueuedJob>();
  readonly #leased = new Map<number, QueuedJob>();
  readonly #dead: number[] = [];
  readonly #completed: number[] = [];
  readonly #gates: MemoryGates;
  readonly #budgets: MemoryBudgets;
  readonly #claimers = new Map<number, MemoryClaimer>();
  #reports: Report[] = [];
  #submitted = 0;
  readonly #time: { nowMs: number };

  /** `time` may be moved by the caller as well as by `advance`. */
  constructor(layout: QueueLayout, time: { nowMs: number }, random: Random) {
    this.#layout = layout;
    this.#random = random;
    this.#time = time;
    this.#ready = layout.lanes.map(() => priorityClasses.map(() => new JobLine<QueuedJob>()));
    this.#gates = new MemoryGates(layout);
    this.#budgets = new MemoryBudgets(layout, random);
  }

  get nowMs(): number {
    return this.#time.nowMs;
  }

  advance(byMs: number): void {
    this.#time.nowMs += byMs;
  }

  submit(jobs: readonly SubmittedJob[]): void {
    for (const { lane, rank, runAtMs } of jobs) {
      const number = this.#submitted++;
      const due = runAtMs === undefined || runAtMs <= this.nowMs;
      const fresh = { attempt: 0, failures: 0, firstStartedAtMs: null, previousDelayMs: null, retry: false };
      const job = { number, id: number, lane, rank, runAtMs: due ? this.nowMs : runAtMs, ...fresh };
      if (due) this.#line(lane, rank).add(job);
      else this.#scheduled.add(job);
    }
  }

  claim(order: ClaimOrder): readonly HeldJob[] {
    const taken = this.#claimer(order.worker).claim(order, this.nowMs);
    for (const job of taken) {
      job.attempt++;
      job.firstStartedAtMs ??= this.nowMs;
      this.#leased.set(job.number, job);
    }
    return taken;
  }

  tokensInMs(worker: number): number | null {
    return this.#claimer(worker).tokensInMs(this.nowMs);
  }

  complete(_worker: number, { number }: HeldJob): void {
    this.#end(number);
    this.#completed.push(number);
  }

  fail(_worker: number, { number }: HeldJob, failure: FailureClass): FailedJob {
    const job = this.#end(number);
    const [only, second] = this.#layout.lanes[job.lane]?.dependencies ?? none;
    const isTheirs = only !== undefined && second === undefined && onTheWay.has(failure);
    const gate = isTheirs ? this.#gates.of(only) : null;
    job.failures++;
    const decision = decideRetry({
      policy: this.#layout.policy,
      failure: { class: failure },
      priority: priorityAt(job.rank),
      guarantee: "at-least-once",
      failures: job.failures,
      losses: 0,
      attempt: job.attempt,
      elapsedMs: this.nowMs - (job.firstStartedAtMs ?? this.nowMs),
      nowMs: this.nowMs,
      random: this.#random,
      previousDelayMs: job.previousDelayMs,
      ...(gate && {
        multiplier: gate.multiplier,
        breaker: { open: isShut(gate), untilMs: gate.untilMs, dependency: "" },
      }),
    });
    if (decision.kind === "dead" || decision.kind === "escalate") {
      this.#dead.push(number);
      return { place: "dead", runAtMs: null };
    }
    Object.assign(job, { runAtMs: decision.runAtMs, previousDelayMs: decision.drawnDelayMs, retry: true });
    const isDue = decision.kind === "retry" && decision.delayMs <= 0;
    if (isDue) this.#line(job.lane, job.rank).add(job);
    else this.#scheduled.add(job);
    return { place: isDue ? "ready" : "scheduled", runAtMs: job.runAtMs };
  }

  release(_worker: number, jobs: readonly HeldJob[]): void {
    for (const { number } of jobs) {
      const job = this.#end(number);
      job.attempt--;
      this.#line(job.lane, job.rank).add(job);
    }
  }

  promote(limit: number): PromotedJobs {
    const isDue = ({ runAtMs }: QueuedJob) => runAtMs <= this.nowMs;
    const [first] = this.#scheduled.peek(1);
    const due = first && isDue(first) ? this.#scheduled.peek(limit).filter(isDue).length : 0;
    const jobs = this.#scheduled.take(due);
    const retries = jobs.filter(({ retry }) => retry);
    const { granted, waitMs, gapMs } = this.#budgets.spend(retries, this.nowMs);
    let deferred = 0;
    for (const job of jobs) {
      if (!job.retry || granted.has(job.number)) {
        this.#line(job.lane, job.rank).add(job);
        continue;
      }
      job.runAtMs = this.nowMs + roundToEven(waitMs + gapMs * (deferred++ + this.#random() / 2));
      this.#scheduled.add(job);
    }
    const next = this.#scheduled.find((job) => !isDue(job));
    return { moved: jobs.length - deferred, deferred, nextInMs: next ? next.runAtMs - this.nowMs : null };
  }

  report(report: Report): void {
    this.#reports.push(report);
    this.#budgets.add(report);
  }

  readReports(): readonly Report[] {
    const reports = this.#reports;
    this.#reports = [];
    return reports;
  }

  setGate(dependency: number, gate: BreakerGate, multiplier: number): void {
    this.#gates.set(dependency, gate, multiplier, this.nowMs);
  }

  /** The gate of a dependency, as workers see it. */
  gateOf(dependency: number): Readonly<MemoryGate> {
    return this.#gates.of(dependency);
  }

  countReady(lane: number, rank: number): number {
    return this.#line(lane, rank).size;
  }

  /** Jobs that are neither completed nor dead. */
  get unfinished(): number {
    return this.#submitted - this.#completed.length - this.#dead.length;
  }

  get dead(): number {
    return this.#dead.length;
  }

  list(): Record<Place, number[]> {
    const numbers = (jobs: Iterable<QueuedJob>) => [...jobs].map(({ number }) => number);
    const sorted = (jobs: number[]) => jobs.sort((a, b) => a - b);
    return {
      ready: sorted(this.#ready.flat().flatMap((line) => numbers(line.peek(line.size)))),
      scheduled: sorted(numbers(this.#scheduled.peek(this.#scheduled.size))),
      leased: sorted(numbers(this.#leased.values())),
      dead: sorted([...this.#dead]),
      completed: sorted([...this.#completed]),
    };
  }

  #line(lane: number, rank: number): JobLine<QueuedJob> {
    const line = this.#ready[lane]?.[rank];
    if (line === undefined) throw new RangeError(`there is no lane ${lane} with a class of rank ${rank}`);
    return line;
  }

  #claimer(worker: number): MemoryClaimer {
    const known = this.#claimers.get(worker);
    if (known !== undefined) return known;
    const claimer = new MemoryClaimer(this.#layout, this.#ready, this.#gates);
    this.#claimers.set(worker, claimer);
    return claimer;
  }

  #end(number: number): QueuedJob {
    const job = this.#leased.get(number);
    if (job === undefined) throw new RangeError(`job ${number} is not leased`);
    this.#leased.delete(number);
    return job;
  }
}

/** As Postgres rounds a float. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
