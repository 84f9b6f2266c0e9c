import type { Random } from "../../core/clock.ts";
import { seededRandom } from "../../core/random.ts";
import { MemoryQueue } from "./memory-queue.ts";
import type { QueueLayout, SubmittedJob } from "./queue-store.ts";
import { SimulatedDispatcher } from "./simulated-dispatcher.ts";
import { type Handler, SimulatedWorker } from "./simulated-worker.ts";
import { VirtualTime } from "./virtual-time.ts";

/** From a hint to the workers that hear it, ms. */
const wakeMs = 1;

export interface WorldPlan {
  seed: number;
  layout: QueueLayout;
  /** A worker each, with its slots. */
  workers: readonly number[];
  handler: (world: World) => Handler;
}

/** Queue, workers and dispatcher under one virtual clock and one source of chance. The same plan gives the same run. */
export class World {
  readonly time = new VirtualTime();
  readonly random: Random;
  readonly queue: MemoryQueue;
  readonly dispatcher: SimulatedDispatcher;
  readonly #workers: readonly SimulatedWorker[];
  #isWaking = false;

  constructor({ seed, layout, workers, handler }: WorldPlan) {
    const { time } = this;
    this.random = seededRandom(seed);
    this.queue = new MemoryQueue(layout, time, this.random);
    const parts = { layout, queue: this.queue, time, random: this.random, onReady: () => this.#wake() };
    const run = handler(this);
    this.#workers = workers.map(
      (slots, number) => new SimulatedWorker({ ...parts, number, slots, handler: run }),
    );
    this.dispatcher = new SimulatedDispatcher(parts);
  }

  /** Jobs that are due now. As on Postgres workers are woken only where a line was empty. */
  submit(jobs: readonly SubmittedJob[]): void {
    const isNews = jobs.some(({ lane, rank }) => this.queue.countReady(lane, rank) === 0);
    this.queue.submit(jobs);
    if (isNews) this.#wake();
  }

  /** Submit job `index` of so many a second at its time, from now on and until `endMs`. */
  arrive(perSecond: number, endMs: number, submit: (index: number) => void): void {
    const startMs = this.time.nowMs;
    const next = (index: number) => {
      const dueMs = startMs + (index * 1_000) / perSecond;
      if (dueMs >= endMs) return;
      this.time.after(dueMs - this.time.nowMs, () => {
        submit(index);
        next(index + 1);
      });
    };
    if (perSecond > 0) next(0);
  }

  #wake(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    this.time.after(wakeMs, () => {
      this.#isWaking = false;
      for (const worker of this.#workers) worker.wake();
    });
  }
}
