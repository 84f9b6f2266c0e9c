import type { Random } from "#core/clock.ts";
import { BackpressureError } from "#core/pressure/backpressure-error.ts";
import { ClientThrottle } from "#core/pressure/client-throttle.ts";

/** When nobody has said when to come again, ms. */
const unknownRetryMs = 1_000;
/** Definitions a producer submits to that are kept apart; beyond, all of them are forgotten. */
const mostDefinitions = 1_000;

interface Kept {
  throttle: ClientThrottle;
  /** When Signalbox said to come again, by the monotonic clock. */
  againAtMs: number;
}

/** The brakes of one producer, one a definition: see core/pressure/client-throttle.ts. */
export class SubmitThrottles {
  readonly #nowMs: () => number;
  readonly #random: Random;
  readonly #kept = new Map<string, Kept>();

  constructor(nowMs: () => number, random: Random) {
    this.#nowMs = nowMs;
    this.#random = random;
  }

  /** Ask before a submit: what to refuse it with, or null to send it. */
  refuse(definition: string): BackpressureError | null {
    const { throttle, againAtMs } = this.#of(definition);
    const nowMs = this.#nowMs();
    if (throttle.maySend(nowMs, this.#random)) return null;
    const retryAfterMs = Math.max(unknownRetryMs, Math.ceil(againAtMs - nowMs));
    return new BackpressureError(
      `most submits of ${definition} were refused for pressure, so this one was not even sent: submit it again in ${Math.ceil(retryAfterMs / 1_000)} s or later`,
      { retryAfterMs, by: "client" },
    );
  }

  /** Take down what became of a submit that was sent: only a refusal for pressure counts against it. */
  heard(definition: string, error: unknown): void {
    const kept = this.#of(definition);
    const nowMs = this.#nowMs();
    const refused = error instanceof BackpressureError;
    if (refused) kept.againAtMs = nowMs + error.retryAfterMs;
    kept.throttle.answered(nowMs, !refused);
  }

  #of(definition: string): Kept {
    const known = this.#kept.get(definition);
    if (known) return known;
    if (this.#kept.size >= mostDefinitions) this.#kept.clear();
    const kept = { throttle: new ClientThrottle(), againAtMs: 0 };
    this.#kept.set(definition, kept);
    return kept;
  }
}
