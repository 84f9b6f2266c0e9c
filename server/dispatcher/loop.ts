import { monotonicMs, nowMs } from "#server/system/clock.ts";
import type { Log } from "#server/system/log.ts";
import type { Service } from "./service.ts";

/** Longest wait after ticks that fail one after the other, ms. */
const longestRetryMs = 3_000;
/** What is due at once is still left this long, ms, so that a service cannot spin. */
const shortestWaitMs = 2;

/**
 * Calls each service by itself, at its own pace, until stopped. A tick that throws is logged and tried again later,
 * the wait doubling; other services are not held up.
 */
export class Loop {
  readonly #services: Service[];
  readonly #log: Log;
  #stopping = false;
  #wakes = new Set<() => void>();
  #runs: Promise<void>[] = [];

  constructor(services: Service[], log: Log) {
    this.#services = services;
    this.#log = log;
  }

  start(): void {
    this.#runs = this.#services.map((service) => this.#run(service));
  }

  /** Resolves when every tick under way has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const wake of this.#wakes) wake();
    await Promise.all(this.#runs);
  }

  async #run(service: Service): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      const startedMs = monotonicMs();
      let waitMs = service.everyMs;
      try {
        const answer = await service.tick(nowMs());
        failures = 0;
        if (answer === "more") continue;
        if (answer !== "done")
          waitMs = Math.min(waitMs, monotonicMs() - startedMs + Math.max(shortestWaitMs, answer.inMs));
      } catch (error) {
        failures++;
        waitMs = Math.min(longestRetryMs, service.everyMs * 2 ** Math.min(failures, 10));
        this.#log.warn(
          { service: service.name, failures, error: String(error) },
          "a dispatcher service failed; trying again",
        );
      }
      const restMs = Math.max(0, waitMs - (monotonicMs() - startedMs));
      if (!this.#stopping) await this.#sleep(restMs);
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wakes.add(wake);
    });
  }
}
