/** The time now in milliseconds since 1970, as this machine believes: the one place that reads the wall clock. */
export function nowMs(): number {
  return Date.now();
}

/** Monotonic milliseconds for measuring spans inside one process; its zero means nothing. */
export function monotonicMs(): number {
  return performance.now();
}

/**
 * Database time as seen from here. Postgres decides every due time and lease; a process samples the difference and
 * adds it to its own clock. `sample` takes the database's now and the round trip it came in.
 */
export class DatabaseClock {
  #offsetMs = 0;

  /** Set from one reading: the database said `databaseMs` somewhere between the two local instants. */
  sample(databaseMs: number, sentAtMs: number, receivedAtMs: number): void {
    this.#offsetMs = databaseMs - (sentAtMs + receivedAtMs) / 2;
  }

  /** Best estimate of the database's now, whole milliseconds. */
  nowMs(): number {
    return Math.round(Date.now() + this.#offsetMs);
  }

  /** How far this machine's clock is behind (positive) or ahead (negative) of the database's, ms. */
  get offsetMs(): number {
    return this.#offsetMs;
  }
}
