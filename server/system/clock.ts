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
 * adds it to its own monotonic clock. `sample` takes the database's now and the round trip it came in.
 */
export class DatabaseClock {
  // Against the monotonic clock, so that a step of this machine's wall clock changes nothing.
  #offsetMs = Date.now() - performance.now();
  #roundTripMs = Number.POSITIVE_INFINITY;
  #takenAtMs = 0;

  /**
   * Set from one reading: the database said `databaseMs` somewhere between the two instants of {@link monotonicMs}. The shorter the trip
   * the surer the reading, so a longer one counts only when the last good one is 30 s old.
   */
  sample(databaseMs: number, sentAtMs: number, receivedAtMs: number): void {
    const roundTripMs = receivedAtMs - sentAtMs;
    if (roundTripMs > this.#roundTripMs && receivedAtMs - this.#takenAtMs < 30_000) return;
    this.#roundTripMs = roundTripMs;
    this.#takenAtMs = receivedAtMs;
    this.#offsetMs = databaseMs - (sentAtMs + receivedAtMs) / 2;
  }

  /** Best estimate of the database's now, whole milliseconds. */
  nowMs(): number {
    return Math.round(performance.now() + this.#offsetMs);
  }

  /** How far this machine's wall clock is behind (positive) or ahead (negative) of the database's, ms. */
  get offsetMs(): number {
    return performance.now() + this.#offsetMs - Date.now();
  }
}
