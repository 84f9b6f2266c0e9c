import type { TransportJob } from "../transports/transport.ts";
import { isUrgent } from "./job-buffer.ts";

interface Held {
  job: TransportJob;
  sinceMs: number;
}

/** Says which dependency has no room for a job; null when it may start. */
export type BlockerOf = (job: TransportJob) => string | null;

/** Claimed jobs that wait for room at a dependency: a line for each, in the order in which they came. */
export class HeldJobs {
  readonly #lines = new Map<string, { urgent: Held[]; other: Held[] }>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Put a job into the line of the dependency that has no room for it. */
  hold(job: TransportJob, blocker: string, sinceMs: number): void {
    const line = this.#lines.get(blocker) ?? { urgent: [], other: [] };
    this.#lines.set(blocker, line);
    (isUrgent(job) ? line.urgent : line.other).push({ job, sinceMs });
    this.#size++;
  }

  /** The first urgent, or other, job that may start now. One that another dependency has no room for moves into its line. */
  take(kind: "urgent" | "other", blockerOf: BlockerOf): TransportJob | undefined {
    if (this.#size === 0) return undefined;
    for (const [name, line] of this.#lines) {
      for (let first = line[kind][0]; first !== undefined; first = line[kind][0]) {
        const blocker = blockerOf(first.job);
        if (blocker === name) break;
        line[kind].shift();
        this.#size--;
        if (blocker === null) return first.job;
        this.hold(first.job, blocker, first.sinceMs);
      }
    }
    return undefined;
  }

  /** Take those held since `sinceMs` or before, and those that `wanted` says. */
  takeAll(wanted: (job: TransportJob) => boolean, sinceMs = Number.NEGATIVE_INFINITY): TransportJob[] {
    const taken: TransportJob[] = [];
    const stays = (held: Held) => {
      const goes = held.sinceMs <= sinceMs || wanted(held.job);
      if (goes) taken.push(held.job);
      return !goes;
    };
    for (const [name, line] of this.#lines) {
      line.urgent = line.urgent.filter(stays);
      line.other = line.other.filter(stays);
      if (line.urgent.length + line.other.length === 0) this.#lines.delete(name);
    }
    this.#size -= taken.length;
    return taken;
  }
}
