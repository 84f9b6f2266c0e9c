/**
 * Counts the first starts of `jobs` jobs by their index. `begin` is called at the very first; `all` resolves when
 * every job has started once and rejects when none has started for `patienceMs`; a job that starts a second time is
 * counted as repeated.
 */
export class StartTally {
  readonly all: Promise<void>;
  repeated = 0;
  #seen: Uint8Array;
  #started = 0;
  #begin: () => void;
  #finish: () => void;
  #timer: NodeJS.Timeout;

  constructor(jobs: number, begin: () => void, patienceMs = 60_000) {
    this.#begin = begin;
    this.#seen = new Uint8Array(jobs);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.all = promise;
    this.#finish = resolve;
    let before = -1;
    this.#timer = setInterval(() => {
      if (this.#started === before) reject(new Error(`stuck: ${this.#started} of ${jobs} jobs have started`));
      before = this.#started;
    }, patienceMs);
    promise.then(
      () => clearInterval(this.#timer),
      () => clearInterval(this.#timer),
    );
  }

  start(index: number): void {
    if (this.#started === 0) this.#begin();
    if (this.#seen[index]) {
      this.repeated++;
      return;
    }
    this.#seen[index] = 1;
    this.#started++;
    if (this.#started === this.#seen.length) this.#finish();
  }
}
