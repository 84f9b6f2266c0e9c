import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "#server/system/log.ts";

/** Something that registers as a worker when it starts, once. */
export interface Registering {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly running: number;
}

/** Between two tries to register again, ms. */
const retryMs = 1_000;

/**
 * One worker after the other: when the registration of what `make` made has ended (after a long absence of the
 * database, say), it is stopped and another made. `make` is given what to call then. `start` rejects when the first
 * cannot start, and may then be called again.
 */
export function keepRegistered(make: (onExpired: () => void) => Registering, log: Log): Registering {
  const stopping = new AbortController();
  let current: Registering | null = null;
  let replacing: Promise<void> = Promise.resolve();
  const onExpired = () => {
    replacing = replacing.then(replace);
  };

  async function replace(): Promise<void> {
    await current?.stop();
    while (!stopping.signal.aborted) {
      const next = make(onExpired);
      try {
        await next.start();
        current = next;
        log.info({}, "the worker registered again");
        return;
      } catch (error) {
        log.warn({ error: String(error) }, "the worker could not register again; trying again");
        await pause(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async start() {
      if (current !== null) throw new Error("the worker is already started");
      const first = make(onExpired);
      current = first;
      try {
        await first.start();
      } catch (error) {
        current = null;
        throw error;
      }
    },
    async stop() {
      stopping.abort();
      await replacing;
      await current?.stop();
    },
    get running() {
      return current?.running ?? 0;
    },
  };
}
