import type { AdmissionCause } from "#core/pressure/admit.ts";
import type { Queryable } from "#db/client.ts";
import { type AdmissionCount, countAdmissions } from "#server/store/pressure/count-admissions.ts";
import type { DatabaseClock } from "#server/system/clock.ts";

const flushEveryMs = 1_000;
const bucketMs = 10_000;

/** Counts submits that were refused or signalled, and writes them once a second while there are any. */
export class AdmissionMeter {
  readonly #db: Queryable;
  readonly #clock: DatabaseClock;
  readonly #onError: (error: unknown) => void;
  readonly #open = new Map<string, AdmissionCount>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Queryable, clock: DatabaseClock, onError: (error: unknown) => void) {
    this.#db = db;
    this.#clock = clock;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), flushEveryMs);
    this.#timer.unref();
  }

  /** Write what is counted and stop. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  count(what: "refused" | "signalled", queueId: number, cause: AdmissionCause): void {
    const atMs = Math.floor(this.#clock.nowMs() / bucketMs) * bucketMs;
    const key = `${atMs} ${queueId} ${cause}`;
    const known = this.#open.get(key);
    if (known) known[what]++;
    else this.#open.set(key, { atMs, queueId, cause, refused: 0, signalled: 0, [what]: 1 });
  }

  /** Hand the counts to the database; a failure is reported and the counts dropped. */
  async flush(): Promise<void> {
    const counts = [...this.#open.values()];
    this.#open.clear();
    if (counts.length > 0)
      this.#writing = this.#writing.then(() => countAdmissions(this.#db, counts)).catch(this.#onError);
    await this.#writing;
  }
}
