import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "#server/system/log.ts";
import type { RunningPart } from "./run-until-stopped.ts";

/** Something that registers as a worker when it starts. */
interface Registering {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Between two tries to register again, ms. */
const retryMs = 1_000;

/**
 * Starts what `make` makes, and another one whenever its registration has ended (after a long absence of the database,
 * say); `make` is given what to call then. Rejects when the first cannot start.
 */
export async function keepRegistered(
  make: (onDrained: () => void) => Registering,
  log: Log,
): Promise<RunningPart> {
  const stopping = new AbortController();
  let replacing: Promise<void> = Promise.resolve();
  const onDrained = () => {
    replacing = replacing.then(replace);
  };
  let current = make(onDrained);

  async function replace(): Promise<void> {
    await current.stop();
    while (!stopping.signal.aborted) {
      const next = make(onDrained);
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

  await current.start();
  return {
    async stop() {
      stopping.abort();
      await replacing;
      await current.stop();
    },
  };
}
