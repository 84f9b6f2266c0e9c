import type { Log } from "#server/system/log.ts";
import type { Wait } from "../wait.ts";

/** The pause between two tries, in milliseconds. */
const pauseMs = 1_000;

/** Opens what needs the database, trying once a second until it can be reached; null when the signal aborts first. */
export async function openUntilReachable<Opened>(options: {
  open: () => Promise<Opened> | Opened;
  wait: Wait;
  log: Log;
  signal: AbortSignal;
}): Promise<Opened | null> {
  const { open, wait, log, signal } = options;
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ error: reason }, `the database is not ready; trying again in ${pauseMs} ms`);
      await wait(pauseMs, signal);
    }
  }
  return null;
}
