import type { TransportJob } from "../transports/transport.ts";

/** Highest rank that may use the reserved slots: critical and high. */
const lastUrgentRank = 1;

export function isUrgent(job: TransportJob): boolean {
  return job.rank <= lastUrgentRank;
}

/** Claimed jobs that wait for a slot: urgent ones first, each kind in the order of its claim. */
export class JobBuffer {
  #urgent: TransportJob[] = [];
  #other: TransportJob[] = [];
  #urgentFrom = 0;
  #otherFrom = 0;

  add(jobs: readonly TransportJob[]): void {
    for (const job of jobs) (isUrgent(job) ? this.#urgent : this.#other).push(job);
  }

  get size(): number {
    return this.otherSize + this.#urgent.length - this.#urgentFrom;
  }

  get otherSize(): number {
    return this.#other.length - this.#otherFrom;
  }

  /** The next to start; below high only when `otherAllowed`. */
  take(otherAllowed: boolean): TransportJob | undefined {
    if (this.#urgentFrom < this.#urgent.length) {
      const job = this.#urgent[this.#urgentFrom++];
      if (isMostlyTaken(this.#urgentFrom, this.#urgent.length)) {
        this.#urgent = this.#urgent.slice(this.#urgentFrom);
        this.#urgentFrom = 0;
      }
      return job;
    }
    if (!otherAllowed || this.#otherFrom >= this.#other.length) return undefined;
    const job = this.#other[this.#otherFrom++];
    if (isMostlyTaken(this.#otherFrom, this.#other.length)) {
      this.#other = this.#other.slice(this.#otherFrom);
      this.#otherFrom = 0;
    }
    return job;
  }

  /** Take everything, or everything that `wanted` says. */
  takeAll(wanted: (job: TransportJob) => boolean = () => true): TransportJob[] {
    const all = [...this.#urgent.slice(this.#urgentFrom), ...this.#other.slice(this.#otherFrom)];
    this.#urgent = [];
    this.#other = [];
    this.#urgentFrom = 0;
    this.#otherFrom = 0;
    this.add(all.filter((job) => !wanted(job)));
    return all.filter(wanted);
  }
}

/** Whether it is time to let go of the jobs taken: under a backlog the buffer never runs empty by itself. */
function isMostlyTaken(from: number, length: number): boolean {
  return from === length || (from >= 256 && from * 2 >= length);
}
