import { Worker } from "node:worker_threads";
import type { DatabaseClock } from "#server/system/clock.ts";
import {
  type HeartbeatReport,
  monotonicEpochMs,
  type SlotLimit,
  type Vitals,
} from "../transports/transport.ts";
import type { BeatMessage, BeatOrder, BeatSettings } from "./heartbeat-messages.ts";

/** How often the main thread leaves a sign of life for the thread, ms. */
const signEveryMs = 100;

/**
 * Heartbeats from a thread of their own, so that a blocked event loop does not look like a dead process. The main
 * thread leaves its vitals in shared memory; when it has been blocked past the limit of an attempt it is running,
 * the thread lets the leases go, because nobody else could end that attempt.
 */
export class HeartbeatThread {
  readonly #connectionString: string;
  readonly #onError: (message: string) => void;
  #thread: Worker | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #shared: Float64Array | null = null;
  #limit: SlotLimit | null = null;

  constructor(connectionString: string, onError: (message: string) => void) {
    this.#connectionString = connectionString;
    this.#onError = onError;
  }

  /** Start beating; resolves after the first beat was answered or failed. */
  async start(
    worker: { workerId: string; leaseMs: number; heartbeatMs: number },
    vitals: () => Vitals,
    clock: DatabaseClock,
    onHeartbeat: (report: HeartbeatReport) => void,
  ): Promise<void> {
    // [sign of life, running, saturation, first deadline], times on the monotonic clock both threads share.
    const shared = new Float64Array(new SharedArrayBuffer(4 * Float64Array.BYTES_PER_ELEMENT));
    this.#shared = shared;
    const sign = () => {
      const { running, saturation, firstDeadlineMs, limit } = vitals();
      this.#tellLimit(limit);
      shared[1] = running;
      shared[2] = saturation;
      shared[3] = monotonicEpochMs() + (firstDeadlineMs - clock.nowMs());
      shared[0] = monotonicEpochMs();
    };
    sign();
    this.#timer = setInterval(sign, signEveryMs);
    const settings: BeatSettings = { ...worker, connectionString: this.#connectionString, shared };
    const thread = new Worker(new URL("./heartbeat-loop.ts", import.meta.url), { workerData: settings });
    this.#thread = thread;
    this.#order({ kind: "limit", limit: this.#limit });
    await new Promise<void>((resolve) => {
      thread.on("message", (message: BeatMessage) => {
        if (message.kind === "failed") this.#onError(message.error);
        else if (!this.#stopping) onHeartbeat(message);
        resolve();
      });
      thread.on("error", (error) => this.#onError(String(error)));
      thread.on("exit", () => {
        // Nothing renews the leases any more: the worker has to give up what it holds and register again.
        const ended = {
          leaseIds: [],
          cancel: [],
          preempt: [],
          allowance: null,
          drain: false,
          expired: true,
          requestedAtMs: monotonicEpochMs(),
        };
        if (!this.#stopping) onHeartbeat(ended);
        resolve();
      });
    });
  }

  /**
   * An attempt begins that has `leftMs` until its limit. Noted at once: a handler that never lets go of the event
   * loop leaves no time for the next sign of life.
   */
  begins(leftMs: number): void {
    const deadlineMs = monotonicEpochMs() + leftMs;
    if (this.#shared !== null && deadlineMs < (this.#shared[3] ?? 0)) this.#shared[3] = deadlineMs;
  }

  /** Beat at once: there is news to fetch. */
  beatNow(): void {
    this.#order({ kind: "beat" });
  }

  /** Never renew these leases again. */
  letGo(leaseIds: readonly string[]): void {
    this.#order({ kind: "let-go", leaseIds });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#thread?.terminate();
    this.#thread = null;
  }

  #tellLimit(limit: SlotLimit | null): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.#order({ kind: "limit", limit });
  }

  #order(order: BeatOrder): void {
    this.#thread?.postMessage(order);
  }
}
