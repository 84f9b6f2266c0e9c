import { type FinishedRun, monotonicEpochMs } from "../transports/transport.ts";
import type { DependencyFlow } from "./dependency-flow.ts";
import { IdleGate } from "./idle-gate.ts";
import { isUrgent } from "./job-buffer.ts";
import type { RunningAttempt } from "./running-attempt.ts";

/** The attempts at work in a worker, by their job. */
export class RunningAttempts {
  readonly #attempts = new Map<string, RunningAttempt>();
  readonly #flow: DependencyFlow;
  readonly #idleGate = new IdleGate();
  #other = 0;

  constructor(flow: DependencyFlow) {
    this.#flow = flow;
  }

  get size(): number {
    return this.#attempts.size;
  }

  /** Of classes below high. */
  get other(): number {
    return this.#other;
  }

  get(jobId: string): RunningAttempt | undefined {
    return this.#attempts.get(jobId);
  }

  values(): Iterable<RunningAttempt> {
    return this.#attempts.values();
  }

  add(attempt: RunningAttempt): void {
    const { job } = attempt;
    this.#attempts.set(job.id, attempt);
    if (!isUrgent(job)) this.#other++;
    if (job.dependencies.length > 0) this.#flow.started(job, monotonicEpochMs());
  }

  /** The attempt is over, with that result or, null, because it was lost: whatever its handler still does has no effect. */
  end(attempt: RunningAttempt, result: FinishedRun["result"] | null): void {
    const { job } = attempt;
    attempt.over = true;
    this.#attempts.delete(job.id);
    if (!isUrgent(job)) this.#other--;
    if (job.dependencies.length > 0) this.#flow.ended(job, result, monotonicEpochMs());
    if (this.#attempts.size === 0) this.#idleGate.idle();
  }

  /** Resolves when nothing runs, or after `limitMs`. */
  async quiet(limitMs: number): Promise<void> {
    if (this.#attempts.size > 0) await this.#idleGate.wait(limitMs);
  }
}
