import type { TransportJob } from "../transports/transport.ts";
import { type DependencyFlow, heldAtMostMs } from "./dependency-flow.ts";
import { HeldJobs } from "./held-jobs.ts";
import { JobBuffer } from "./job-buffer.ts";

/**
 * Claimed jobs in the order in which they may start: those whose dependency has no room stand aside, so that nothing
 * waits behind them, and start before others of their kind once there is.
 */
export class StartLine {
  readonly #buffer = new JobBuffer();
  readonly #held = new HeldJobs();
  readonly #flow: DependencyFlow;

  constructor(flow: DependencyFlow) {
    this.#flow = flow;
  }

  add(jobs: readonly TransportJob[]): void {
    this.#buffer.add(jobs);
  }

  /** Jobs that no dependency is known to hold. */
  get size(): number {
    return this.#buffer.size;
  }

  /** … of classes below high. */
  get otherSize(): number {
    return this.#buffer.otherSize;
  }

  /** The next to start; below high only when `otherAllowed`. */
  take(otherAllowed: boolean, nowMs: () => number): TransportJob | undefined {
    if (this.#held.size === 0) return this.#fromBuffer(otherAllowed, nowMs);
    const atMs = nowMs();
    const blockerOf = (job: TransportJob) => this.#flow.blockerOf(job, atMs);
    const urgent = this.#held.take("urgent", blockerOf) ?? this.#fromBuffer(false, nowMs);
    if (urgent !== undefined || !otherAllowed) return urgent;
    return this.#held.take("other", blockerOf) ?? this.#fromBuffer(true, nowMs);
  }

  /** When a job that stands aside for the pace of its dependency may start, ms from now; null for none. */
  pacedInMs(nowMs: number): number | null {
    return this.#held.size === 0 ? null : this.#flow.pacedInMs(nowMs);
  }

  /** Take everything, or everything that `wanted` says. */
  takeAll(wanted: (job: TransportJob) => boolean = () => true): TransportJob[] {
    return [...this.#buffer.takeAll(wanted), ...this.#held.takeAll(wanted)];
  }

  /** Take the jobs that stood aside too long. */
  takeOverdue(nowMs: number): TransportJob[] {
    return this.#held.size === 0 ? [] : this.#held.takeAll(() => false, nowMs - heldAtMostMs);
  }

  #fromBuffer(otherAllowed: boolean, nowMs: () => number): TransportJob | undefined {
    for (;;) {
      const job = this.#buffer.take(otherAllowed);
      if (job === undefined || job.dependencies.length === 0) return job;
      const atMs = nowMs();
      const blocker = this.#flow.blockerOf(job, atMs);
      if (blocker === null) return job;
      this.#flow.crowded(blocker, atMs);
      this.#held.hold(job, blocker, atMs);
    }
  }
}
