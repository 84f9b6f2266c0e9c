import process from "node:process";
import type { Log } from "#server/system/log.ts";

/** A process part that has started. */
export interface RunningPart {
  stop(): Promise<void>;
  /** Resolves when it ended by itself. */
  ended?: Promise<void>;
}

/** What a child tells the supervisor that spawned it, once. */
export interface ReadyMessage {
  kind: "ready";
  url?: string;
  /** The one-time link by which the first admin comes in, while there is none. */
  firstLink?: string | null;
}

const supervisorGone = "the supervisor let go";

/**
 * Starts a part and keeps it until SIGTERM, SIGINT, or the end of the supervisor that spawned this process (its IPC
 * channel closes), then stops it gracefully; a second signal, or `stopLimitMs` gone by, ends the process at once with
 * code 1. Rejects when the start does.
 */
export async function runUntilStopped(options: {
  start: () => Promise<RunningPart & { url?: string; firstLink?: string | null }>;
  stopLimitMs: number;
  log: Log;
}): Promise<void> {
  const { start, stopLimitMs, log } = options;
  const told = Promise.withResolvers<string>();
  let isTold = false;
  const tell = (why: string) => {
    if (isTold) return;
    isTold = true;
    told.resolve(why);
    setTimeout(() => {
      log.error({ stopLimitMs }, "stopping took too long: ending at once");
      process.exit(1);
    }, stopLimitMs).unref();
  };
  let signals = 0;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (++signals > 1) {
        log.warn({ signal }, "told to stop a second time: ending at once");
        process.exit(1);
      }
      tell(signal);
    });
  // With the channel comes a supervisor; it may even be gone by now.
  if (process.send !== undefined) {
    process.on("disconnect", () => tell(supervisorGone));
    if (!process.connected) tell(supervisorGone);
  }
  const part = await start();
  const ready: ReadyMessage = { kind: "ready", url: part.url, firstLink: part.firstLink };
  if (process.connected) process.send?.(ready, undefined, undefined, () => undefined);
  const why = await Promise.race([told.promise, part.ended?.then(() => "it ended") ?? told.promise]);
  log.info({ why }, "stopping");
  await part.stop();
  log.info({}, "stopped");
}
