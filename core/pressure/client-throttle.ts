import type { Random } from "../clock.ts";

/** How many submits are let through for each that is accepted. */
const generosity = 2;
/**
 * The most that is refused here. Without it a producer of which all was refused sends one request in as many as it
 * made in two minutes, and needs many minutes to find out that the pressure is over.
 */
const mostRefused = 0.9;
/** What happened longer ago is forgotten, ms … */
const windowMs = 120_000;
/** … in steps of this, ms. */
const stepMs = 2_000;

interface Step {
  atMs: number;
  requests: number;
  accepts: number;
}

/**
 * A producer's own brake: when most of what it sends is refused, it refuses a growing part itself before sending, with
 * p = max(0, (requests − 2 · accepts) / (requests + 1)) over two minutes (client-side throttling of "Site Reliability
 * Engineering", chapter 21), but never more than nine tenths. Requests it refuses itself count among them; so it lets
 * through about twice what is accepted, and opens again as that grows. What is still under way counts as neither:
 * otherwise the first thousand submits of a burst would look like as many refusals.
 */
export class ClientThrottle {
  readonly #steps: Step[] = [];
  #requests = 0;
  #accepts = 0;

  /** Whether to send now; a request that is not to be sent is counted. */
  maySend(nowMs: number, random: Random): boolean {
    const share = this.refusedShare(nowMs);
    if (share <= 0 || random() >= share) return true;
    this.#count(nowMs, 0);
    return false;
  }

  /** Take down that a request was answered: `accepted` unless it was refused for pressure. */
  answered(nowMs: number, accepted: boolean): void {
    this.#count(nowMs, accepted ? 1 : 0);
  }

  /** The share of requests that would be refused here, 0…1. */
  refusedShare(nowMs: number): number {
    this.#forget(nowMs);
    const share = (this.#requests - generosity * this.#accepts) / (this.#requests + 1);
    return Math.min(mostRefused, Math.max(0, share));
  }

  #count(nowMs: number, accepts: number): void {
    const step = this.#step(nowMs);
    step.requests++;
    step.accepts += accepts;
    this.#requests++;
    this.#accepts += accepts;
  }

  #step(nowMs: number): Step {
    const last = this.#steps.at(-1);
    if (last !== undefined && nowMs < last.atMs + stepMs) return last;
    const step = { atMs: nowMs, requests: 0, accepts: 0 };
    this.#steps.push(step);
    return step;
  }

  #forget(nowMs: number): void {
    for (
      let step = this.#steps[0];
      step !== undefined && step.atMs <= nowMs - windowMs;
      step = this.#steps[0]
    ) {
      this.#requests -= step.requests;
      this.#accepts -= step.accepts;
      this.#steps.shift();
    }
  }
}
