import type { Random } from "../../core/clock.ts";
import type { FailureClass } from "../../core/failure/failure-class.ts";
import { ServiceCounters } from "../storm/service-counters.ts";
import { modeAt, type ServicePlan } from "../storm/service-plan.ts";
import { TokenBucket } from "../storm/token-bucket.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The way there and back together, ms, and what chance adds. */
const networkMs = 2;
const jitterMs = 3;
/** As call-service.ts: a caller gives up after this, ms. */
const timeoutMs = 2_000;

export interface ServiceSettings {
  callsPerSecond: number;
  latencyMs: number;
  /** Share of calls that fail though it is well. */
  failing: number;
}

/** The service of bench/storm/service.ts without its sockets: a rate, a latency, and a plan of when it is down. */
export class SimulatedService {
  readonly counters: ServiceCounters;
  readonly #plan: ServicePlan;
  readonly #settings: ServiceSettings;
  readonly #bucket: TokenBucket;
  readonly #time: VirtualTime;
  readonly #random: Random;

  constructor(plan: ServicePlan, settings: ServiceSettings, time: VirtualTime, random: Random) {
    this.#plan = plan;
    this.#settings = settings;
    this.#time = time;
    this.#random = random;
    this.counters = new ServiceCounters(plan);
    this.#bucket = new TokenBucket(settings.callsPerSecond, settings.callsPerSecond / 10, time.nowMs);
  }

  /** A call: `done` is told how it failed, or null. */
  call(done: (failure: FailureClass | null) => void): void {
    const { nowMs } = this.#time;
    const mode = modeAt(this.#plan, nowMs);
    const wayMs = networkMs + jitterMs * this.#random();
    if (mode === "hanging") {
      const end = this.counters.hang(nowMs);
      this.#time.after(timeoutMs, () => {
        end(this.#time.nowMs);
        done("timeout");
      });
    } else if (mode === "refusing") {
      this.counters.count("failed", nowMs);
      this.#time.after(wayMs, () => done("dependency-down"));
    } else if (!this.#bucket.take(nowMs)) {
      this.counters.count("refused", nowMs);
      this.#time.after(wayMs, () => done("rate-limited"));
    } else {
      const fails = this.#random() < this.#settings.failing;
      this.counters.count(fails ? "failed" : "accepted", nowMs);
      this.#time.after(wayMs + this.#settings.latencyMs, () => done(fails ? "dependency-down" : null));
    }
  }
}
