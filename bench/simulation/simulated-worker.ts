import type { DependencyOutcomes } from "../../core/breaker/dependency-outcomes.ts";
import type { Random } from "../../core/clock.ts";
import type { FailureClass } from "../../core/failure/failure-class.ts";
import { isShut } from "../../core/flow/dependency-gate.ts";
import { slotsFor } from "../../core/priority/reserve-slots.ts";
import type { TransportJob } from "../../sdk/transports/transport.ts";
import { ClaimPacer, type ClaimWish, pollMs } from "../../sdk/worker/claim-pacer.ts";
import { DependencyFlow } from "../../sdk/worker/dependency-flow.ts";
import { FinishRate, prefetchJobs } from "../../sdk/worker/prefetch.ts";
import { StartLine } from "../../sdk/worker/start-line.ts";
import type { MemoryQueue } from "./memory-queue.ts";
import { type HeldJob, mostClaimJobs, type QueueLayout } from "./queue-store.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** From a claim to its answer, and from an answer to its commit, ms: what an idle Postgres takes and a little more. */
const claimMs = { least: 1, spread: 3 };
const settleMs = 2;
/** As the worker and the outcome meter have them: sweep and flush, ms. */
const sweepMs = 100;
const flushMs = 100;
/** As the claim pacer has it: one more look after a claim that found a little, ms. */
const recheckMs = 10;
/** As in claim-attempts.ts: a claim that was filled wakes others for what it left, at most this often, ms. */
const passOnEveryMs = 20;
/** Tokens later than this are as good as none: somebody will wake the worker before, ms. */
const longestWaitMs = 60_000;
/** Failures that are the dependency's fault, as the outcome meter has them. */
const faults: ReadonlySet<FailureClass> = new Set(["timeout", "dependency-down", "transient"]);

/** Start a job; call `done` once with how it failed, or null. */
export type Handler = (job: HeldJob, done: (failure: FailureClass | null) => void) => void;

export interface WorkerParts {
  number: number;
  slots: number;
  layout: QueueLayout;
  queue: MemoryQueue;
  time: VirtualTime;
  random: Random;
  handler: Handler;
  /** There are jobs in line that others may want. */
  onReady: () => void;
}

/** A worker as WorkerRuntime is one, made of the same parts: slots, reserve, prefetch, claim pace, bulkheads, hand-back. */
export class SimulatedWorker {
  readonly #parts: WorkerParts;
  readonly #flow: DependencyFlow;
  readonly #line: StartLine;
  readonly #pacer = new ClaimPacer(() => undefined);
  readonly #rate: FinishRate;
  /** Claimed, by id; those of them that run. */
  readonly #held = new Map<string, HeldJob>();
  readonly #running = new Map<string, TransportJob>();
  /** By lane, the names of its dependencies. */
  readonly #needs: readonly (readonly string[])[];
  readonly #outcomes: (DependencyOutcomes | null)[];
  readonly #inFlight: number[];
  #runningOther = 0;
  #isPaced = false;
  #passedOnAtMs = 0;
  #excepted: readonly string[] = [];
  /** Timers that were set before are void once this moves. */
  #claims = 0;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { layout, queue, slots, time, random } = parts;
    const numberOf = new Map(layout.dependencies.map(({ name }, at) => [name, at]));
    const gateOf = (name: string) => queue.gateOf(numberOf.get(name) ?? -1);
    const gates = {
      isShut: (name: string) => isShut(gateOf(name)),
      slowMsOf: (name: string) => gateOf(name).slowMs,
      rateOf: (name: string) => gateOf(name).ratePerSecond,
      overdue: (_job: TransportJob, name: string) => this.#count(numberOf.get(name) ?? -1, "overdue"),
    };
    this.#flow = new DependencyFlow(gates, slots);
    this.#line = new StartLine(this.#flow);
    this.#rate = new FinishRate(time.nowMs);
    this.#needs = layout.lanes.map(({ dependencies }) =>
      dependencies.map((each) => layout.dependencies[each]?.name ?? ""),
    );
    this.#outcomes = layout.dependencies.map(() => null);
    this.#inFlight = layout.dependencies.map(() => 0);
    time.after(random() * sweepMs, () => time.repeat(() => this.#sweep()));
    time.after(random() * flushMs, () => time.repeat(() => this.#flush()));
  }

  /** There may be work, or a gate has moved. */
  wake(): void {
    this.#pacer.hint();
    this.#readGates();
    this.#fill();
  }

  #fill(): void {
    const { slots, time } = this.#parts;
    const { nowMs } = time;
    while (this.#running.size < slots) {
      const isOtherAllowed = this.#slots(slots - this.#running.size).maxOther > 0;
      const job = this.#line.take(isOtherAllowed, () => nowMs);
      if (job === undefined) break;
      this.#begin(job);
    }
    this.#fillWhenPaced();
    if (this.#excepted.length > 0 && this.#flow.hasRoom(this.#excepted, nowMs)) {
      this.#excepted = [];
      this.#pacer.hint();
    }
    if (!this.#pacer.isOpen) return;
    const free = slots - this.#running.size;
    const wish = this.#pacer.wish({
      slots,
      free,
      ahead: prefetchJobs(this.#rate.perSecond(nowMs), slots, this.#rate.meanMs),
      buffered: this.#line.size,
      otherBuffered: this.#line.otherSize,
      otherSlots: this.#slots(free).maxOther,
    });
    if (wish !== null) this.#claim(wish);
  }

  /** A job that waits for the pace of its dependency starts with no event but the passing of time. */
  #fillWhenPaced(): void {
    const { time } = this.#parts;
    const inMs = this.#line.pacedInMs(time.nowMs);
    if (inMs === null || this.#isPaced) return;
    this.#isPaced = true;
    time.after(inMs, () => {
      this.#isPaced = false;
      this.#fill();
    });
  }

  #slots(free: number): ClaimWish {
    const { slots: concurrency, layout } = this.#parts;
    const { reservedShare } = layout.priority;
    return slotsFor({ concurrency, runningOther: this.#runningOther, free, reservedShare });
  }

  #claim(wish: ClaimWish): void {
    const { time, queue, random, number: worker, layout, onReady } = this.#parts;
    this.#excepted = this.#flow.excepted(time.nowMs);
    const max = Math.min(mostClaimJobs, this.#flow.atMost(wish.max, time.nowMs));
    const maxOther = Math.min(max, wish.maxOther);
    const except = this.#excepted.map((name) => layout.dependencies.findIndex((each) => each.name === name));
    // The pacer tells claims under way by their promises; the answer comes by virtual time.
    const answer = Promise.resolve();
    this.#pacer.sent(answer, time.nowMs);
    const claim = ++this.#claims;
    const lookIn = (inMs: number) =>
      time.after(inMs, () => {
        if (claim === this.#claims) this.wake();
      });
    time.after(claimMs.least + claimMs.spread * random(), () => {
      const jobs = queue.claim({ worker, max, maxOther, except });
      this.#line.add(jobs.map((job) => this.#hold(job)));
      this.#pacer.answered(answer, { max, maxOther }, jobs.length, false, time.nowMs);
      const tokensInMs = queue.tokensInMs(worker);
      if (tokensInMs !== null && tokensInMs < longestWaitMs) lookIn(tokensInMs);
      if (jobs.length === max && time.nowMs - this.#passedOnAtMs >= passOnEveryMs) {
        this.#passedOnAtMs = time.nowMs;
        onReady();
      }
      if (jobs.length < max / 4) lookIn(jobs.length > 0 ? recheckMs : pollMs);
      this.#fill();
    });
  }

  #hold(job: HeldJob): TransportJob {
    const { number, lane, rank, attempt, runAtMs } = job;
    const id = String(number);
    this.#held.set(id, job);
    const dependencies = this.#needs[lane] ?? [];
    return {
      id,
      leaseId: id,
      token: null,
      attempt,
      definition: "",
      version: 1,
      rank,
      lane,
      payload: "",
      runAtMs,
      traceparent: null,
      checkpoint: null,
      attemptMs: 60_000,
      heartbeatMs: null,
      target: null,
      dependencies,
    };
  }

  #begin(job: TransportJob): void {
    const { time, handler, layout } = this.#parts;
    const startedAtMs = time.nowMs;
    this.#running.set(job.id, job);
    if (job.rank > 1) this.#runningOther++;
    this.#flow.started(job, startedAtMs);
    for (const each of layout.lanes[job.lane]?.dependencies ?? []) {
      this.#count(each, job.attempt > 1 ? "retryStarts" : "firstStarts");
      this.#inFlight[each] = (this.#inFlight[each] ?? 0) + 1;
    }
    handler(this.#held.get(job.id) as HeldJob, (failure) => this.#finish(job, startedAtMs, failure));
  }

  #finish(job: TransportJob, startedAtMs: number, failure: FailureClass | null): void {
    const { time, queue, number } = this.#parts;
    const held = this.#held.get(job.id) as HeldJob;
    this.#held.delete(job.id);
    this.#running.delete(job.id);
    if (job.rank > 1) this.#runningOther--;
    const report = { name: "Error", message: "", class: failure };
    const end =
      failure === null
        ? { kind: "completed" as const, output: null }
        : { kind: "failed" as const, failure: report };
    this.#flow.ended(job, end, time.nowMs);
    const tookMs = time.nowMs - startedAtMs;
    this.#rate.add(tookMs);
    time.after(settleMs, () => {
      this.#settled(held, failure, tookMs);
      if (failure === null) queue.complete(number, held);
      else if (queue.fail(number, held, failure).place === "ready") this.#parts.onReady();
    });
    this.#fill();
  }

  /** As the outcome meter counts it. */
  #settled(job: HeldJob, failure: FailureClass | null, tookMs: number): void {
    const { layout, queue } = this.#parts;
    for (const each of layout.lanes[job.lane]?.dependencies ?? []) {
      this.#inFlight[each] = (this.#inFlight[each] ?? 0) - 1;
      const kind = failure === null ? "succeeded" : failure === "rate-limited" ? "refused" : "failed";
      if (kind === "failed" && failure !== null && !faults.has(failure)) continue;
      const row = this.#count(each, kind);
      row.durationMsSum += tookMs;
      const { slowMs } = queue.gateOf(each);
      if (slowMs !== null && tookMs > slowMs) row.slow++;
    }
  }

  #count(
    dependency: number,
    what: "succeeded" | "failed" | "refused" | "overdue" | "firstStarts" | "retryStarts",
  ): DependencyOutcomes {
    const row = this.#outcomes[dependency] ?? this.#newRow();
    this.#outcomes[dependency] = row;
    row[what]++;
    return row;
  }

  #newRow(): DependencyOutcomes {
    const answers = { succeeded: 0, failed: 0, refused: 0, slow: 0, overdue: 0, durationMsSum: 0 };
    return { atMs: this.#parts.time.nowMs, ...answers, firstStarts: 0, retryStarts: 0, inFlight: 0 };
  }

  #flush(): number {
    const { time, queue } = this.#parts;
    for (const [dependency, row] of this.#outcomes.entries()) {
      if (row === null) continue;
      this.#outcomes[dependency] = null;
      const outcomes = { ...row, inFlight: this.#inFlight[dependency] ?? 0 };
      time.after(settleMs, () => queue.report({ dependency, outcomes }));
    }
    return flushMs;
  }

  #sweep(): number {
    const { nowMs } = this.#parts.time;
    this.#flow.sweep((id) => this.#running.get(id), nowMs);
    this.#readGates();
    this.#handBack(this.#line.takeOverdue(nowMs));
    return sweepMs;
  }

  #readGates(): void {
    if (!this.#flow.readGates(this.#parts.time.nowMs)) return;
    this.#handBack(this.#line.takeAll((job) => job.dependencies.length > 0 && this.#flow.isShut(job)));
  }

  #handBack(jobs: readonly TransportJob[]): void {
    if (jobs.length === 0) return;
    const { time, queue, number, onReady } = this.#parts;
    const held = jobs.map(({ id }) => this.#held.get(id) as HeldJob);
    for (const { id } of jobs) this.#held.delete(id);
    time.after(settleMs, () => {
      queue.release(number, held);
      onReady();
    });
  }
}
