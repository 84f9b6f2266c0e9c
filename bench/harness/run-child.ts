import { fork } from "node:child_process";
import path from "node:path";
import type { Measurement, Size } from "./bench.ts";
import type { Place, SystemName } from "./system.ts";

export interface ChildOrder {
  bench: string;
  system: SystemName;
  place: Place;
  size: Size;
}

export type ChildAnswer = { measurement: Measurement } | { error: string };

const program = path.join(import.meta.dirname, "..", "child.ts");

/** Run one bench of one system in a fresh process. `signal` ends that process. */
export function runChild(
  order: ChildOrder,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<ChildAnswer> {
  const child = fork(program, [], {
    execArgv: ["--expose-gc", "--max-old-space-size=4096"],
    // Peers may print: the parent's standard output belongs to the report.
    stdio: ["ignore", 2, 2, "ipc"],
    signal: options.signal,
    killSignal: "SIGKILL",
    timeout: options.timeoutMs,
  });
  const { promise, resolve } = Promise.withResolvers<ChildAnswer>();
  let answer: ChildAnswer | null = null;
  child.once("message", (message) => {
    answer = message as ChildAnswer;
  });
  child.once("error", (error) => resolve({ error: error.message }));
  child.once("exit", (code, signal) =>
    resolve(answer ?? { error: `ended with ${signal ?? `code ${code}`}` }),
  );
  child.send(order);
  return promise;
}
