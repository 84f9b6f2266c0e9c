import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const longestStartMs = 60_000;
const longestStopMs = 15_000;

export interface StartedProcess {
  /** What `ready` matched. */
  match: RegExpExecArray;
  /** SIGTERM, and SIGKILL when that is not heeded; rejects when the process did not end by itself with code 0. */
  stop(): Promise<void>;
}

/**
 * Starts `node` with `args` in the checkout and resolves when its output matches `ready`. Rejects, with all it said,
 * when it ends before or takes longer than a minute.
 */
export async function startProcess(
  args: string[],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<StartedProcess> {
  const name = `node ${args.join(" ")}`;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  let said = "";
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready after ${longestStartMs} ms:\n${said}`)),
      longestStartMs,
    );
    const listen = (text: string) => {
      said = (said + text).slice(-100_000);
      const found = ready.exec(said);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    ended.then(
      ([code, signal]) => {
        clearTimeout(timer);
        reject(new Error(`${name} ended (${signal ?? code}) before it was ready:\n${said}`));
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    match,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), longestStopMs);
      const [code, signal] = await ended;
      clearTimeout(timer);
      if (code !== 0)
        throw new Error(`${name} did not end cleanly (${signal ?? code}):\n${said.slice(-5_000)}`);
    },
  };
}
