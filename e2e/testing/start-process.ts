import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "../..");
const longestStartMs = 60_000;
const longestStopMs = 15_000;
const lookEveryMs = 100;

export interface StartedProcess {
  /** SIGTERM, and SIGKILL when that is not heeded; rejects when the process did not end by itself with code 0. */
  stop(): Promise<void>;
}

/**
 * Starts `node` with `args` in the checkout and resolves when `ready` says so. Rejects, with all it printed, when
 * it ends before or takes longer than a minute.
 */
export async function startProcess(
  args: string[],
  environment: Record<string, string>,
  ready: () => Promise<boolean>,
): Promise<StartedProcess> {
  const name = `node ${args.join(" ")}`;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-100_000);
    });
  const ended = once(child, "close").then(([code, signal]) => String(signal ?? code));
  const outcome = await Promise.race([ended, untilReady(ready)]);
  if (outcome !== "ready") {
    child.kill("SIGKILL");
    const what =
      outcome === "late"
        ? `was not ready after ${longestStartMs} ms`
        : `ended (${outcome}) before it was ready`;
    throw new Error(`${name} ${what}:\n${said}`);
  }
  return {
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), longestStopMs);
      const end = await ended;
      clearTimeout(timer);
      if (end !== "0") throw new Error(`${name} did not end cleanly (${end}):\n${said.slice(-5_000)}`);
    },
  };
}

async function untilReady(ready: () => Promise<boolean>): Promise<"ready" | "late"> {
  const deadlineMs = performance.now() + longestStartMs;
  while (performance.now() < deadlineMs) {
    if (await ready().catch(() => false)) return "ready";
    await wait(lookEveryMs);
  }
  return "late";
}
