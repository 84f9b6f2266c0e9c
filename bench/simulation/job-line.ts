/** What a line is ordered by: when a job is due, then its number. */
interface Placed {
  runAtMs: number;
  number: number;
}

function isBefore(a: Placed, b: Placed): boolean {
  return a.runAtMs < b.runAtMs || (a.runAtMs === b.runAtMs && a.number < b.number);
}

/** Jobs in the order of the database's indexes. Quick at both ends, where nearly all come and go. */
export class JobLine<Job extends Placed> {
  #jobs: Job[] = [];
  #from = 0;

  get size(): number {
    return this.#jobs.length - this.#from;
  }

  get first(): Job | undefined {
    return this.#jobs[this.#from];
  }

  add(job: Job): void {
    const first = this.first;
    if (this.#from > 0 && first !== undefined && isBefore(job, first)) {
      this.#jobs[--this.#from] = job;
      return;
    }
    const last = this.#jobs.at(-1);
    if (last === undefined || !isBefore(job, last)) this.#jobs.push(job);
    else this.#jobs.splice(this.#placeOf(job), 0, job);
  }

  /** The first of which `is` holds. */
  find(is: (job: Job) => boolean): Job | undefined {
    for (let at = this.#from; at < this.#jobs.length; at++) {
      const job = this.#jobs[at] as Job;
      if (is(job)) return job;
    }
    return undefined;
  }

  /** The first `count`, which stay. */
  peek(count: number): Job[] {
    return this.#jobs.slice(this.#from, this.#from + count);
  }

  /** The first `count`, which leave. */
  take(count: number): Job[] {
    const taken = this.peek(count);
    this.#from += taken.length;
    if (this.#from > 512 && this.#from * 2 > this.#jobs.length) {
      this.#jobs = this.#jobs.slice(this.#from);
      this.#from = 0;
    }
    return taken;
  }

  #placeOf(job: Job): number {
    let [low, high] = [this.#from, this.#jobs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(job, this.#jobs[middle] as Job)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
