import type { NowMs } from "#core/clock.ts";

/** Ids count milliseconds from 2024-01-01 UTC; the same constant stands in the migration's `id_ms`. */
export const idEpochMs = 1_704_067_200_000;

/**
 * Makes time-ordered 63-bit job ids without asking the database: (ms since 2024) << 22 | slot << 12 | sequence.
 * `slot` (0–1023) is this process's own, from the sequence `id_slots`. Never repeats and never goes back, even when
 * the clock does or more than 4,096 ids fall in one millisecond (it then borrows from the next). After Twitter's Snowflake.
 */
export class JobIds {
  readonly #nowMs: NowMs;
  readonly #slot: bigint;
  #lastMs = 0;
  #sequence = 0;

  constructor(slot: number, nowMs: NowMs) {
    this.#slot = BigInt(slot & 1023) << 12n;
    this.#nowMs = nowMs;
  }

  /** The next id, as decimal text. */
  next(): string {
    const ms = Math.max(this.#nowMs() - idEpochMs, 0);
    if (ms > this.#lastMs) {
      this.#lastMs = ms;
      this.#sequence = 0;
    } else if (++this.#sequence > 4095) {
      this.#lastMs++;
      this.#sequence = 0;
    }
    return ((BigInt(this.#lastMs) << 22n) | this.#slot | BigInt(this.#sequence)).toString();
  }
}
