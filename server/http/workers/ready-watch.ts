import { Listener } from "#db/listen.ts";
import { readyChannel } from "#server/store/jobs/notify-ready.ts";

export interface ReadyWatchOptions {
  connectionString: string;
  applicationName?: string;
  onError?: (error: Error) => void;
}

interface Waiter {
  lanes: ReadonlySet<number>;
  wake: () => void;
}

/** One LISTEN connection a process, by which claims that wait hear that a lane has work. */
export class ReadyWatch {
  readonly #waiters = new Set<Waiter>();
  readonly #listener: Listener;

  constructor(options: ReadyWatchOptions) {
    this.#listener = new Listener([readyChannel], {
      connectionString: options.connectionString,
      applicationName: options.applicationName ?? "signalbox http listen",
      onNotify: (_channel, payload) => this.notify(payload.split(",").map(Number)),
      // What was said while the connection was away is lost: everybody looks.
      onConnect: () => this.#wakeAll(),
      onError: options.onError,
    });
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  async close(): Promise<void> {
    this.#wakeAll();
    await this.#listener.close();
  }

  /** Wake whoever waits for one of these lanes. */
  notify(lanes: readonly number[]): void {
    for (const waiter of [...this.#waiters]) if (lanes.some((lane) => waiter.lanes.has(lane))) waiter.wake();
  }

  /** Resolves when one of the lanes has work, when the time is over, or when the signal aborts. */
  wait(lanes: Iterable<number>, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || timeoutMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiters.delete(waiter);
        resolve();
      };
      const waiter: Waiter = { lanes: new Set(lanes), wake };
      const timer = setTimeout(wake, timeoutMs);
      signal.addEventListener("abort", wake);
      this.#waiters.add(waiter);
    });
  }

  #wakeAll(): void {
    for (const waiter of [...this.#waiters]) waiter.wake();
  }
}
