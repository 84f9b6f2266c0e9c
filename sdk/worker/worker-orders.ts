import type { Log } from "#server/system/log.ts";
import type { HeartbeatReport } from "../transports/transport.ts";

/** What a worker is told from outside: to drain, to run fewer jobs, or that its registration has ended. */
export class WorkerOrders {
  readonly #log: Log;
  #accepting = false;
  #draining = false;
  #expired = false;
  #stopping = false;
  #allowance: number | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Whether new work is wanted. */
  get accepting(): boolean {
    return this.#accepting;
  }

  get draining(): boolean {
    return this.#draining;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Most jobs at once by order: 0 for a worker that is out, 1 while it is probed; null as many as it has slots. */
  get allowance(): number | null {
    return this.#allowance;
  }

  started(): void {
    this.#accepting = true;
  }

  stop(): void {
    this.#accepting = false;
    this.#stopping = true;
  }

  /**
   * Take in what a heartbeat says. `expired`: the registration has just ended. `fewer`: what has not started is to be
   * handed back. `more`: there may be work again.
   */
  hear({ drain, expired, allowance }: HeartbeatReport, running: number): "expired" | "fewer" | "more" | null {
    if (this.#stopping || this.#expired) return null;
    if (expired) {
      this.#expired = true;
      this.#accepting = false;
      this.#log.info({}, "the registration ended; the worker stops");
      return "expired";
    }
    if (drain === this.#draining && allowance === this.#allowance) return null;
    this.#draining = drain;
    this.#accepting = !drain;
    this.#allowance = allowance;
    this.#log.info({ draining: drain, allowance, running }, "the worker was told how much to take");
    return drain || allowance !== null ? "fewer" : "more";
  }
}
