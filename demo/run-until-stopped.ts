import process from "node:process";

/**
 * Runs the main function of a demo process with a signal that aborts on SIGTERM, SIGINT or when the parent
 * that spawned it with an IPC channel is gone. Exit code 0 when it ends, 1 when it throws; what was thrown is
 * written to standard error in one line.
 */
export async function runUntilStopped(main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(event, () => stop.abort());
  try {
    await main(stop.signal);
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    // The channel to the parent would keep this process alive.
    if (process.connected) process.disconnect();
  }
}
