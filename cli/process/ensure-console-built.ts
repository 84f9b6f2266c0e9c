import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { SignalboxError } from "#core/error.ts";
import { hashConsoleSources } from "./hash-console-sources.ts";

const packageRoot = path.resolve(import.meta.dirname, "../..");
/** How much of a failed build's output is shown, lines. */
const shownLines = 40;

/**
 * Builds the console unless it is built from the sources as they are. What was built from is kept as a hash in
 * `.next`, because a checkout gives every file a new time; a build made otherwise counts when no source is younger.
 * Throws with the end of the build's output when it fails.
 */
export async function ensureConsoleBuilt(
  say: (line: string) => void,
  root = packageRoot,
): Promise<"built" | "fresh"> {
  const buildId = path.join(root, ".next", "BUILD_ID");
  const stamp = path.join(root, ".next", "signalbox-sources");
  const { hash, newestMs } = hashConsoleSources(root);
  if (existsSync(buildId)) {
    const isStamped = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(buildId).mtimeMs;
    if (isStamped && readFileSync(stamp, "utf8") === hash) return "fresh";
    if (!isStamped && newestMs < statSync(buildId).mtimeMs) {
      writeFileSync(stamp, hash);
      return "fresh";
    }
  }
  say("building the console, which takes about a minute; only when its sources have changed");
  const startedMs = performance.now();
  await build(root, say);
  writeFileSync(stamp, hash);
  say(`built the console in ${Math.round((performance.now() - startedMs) / 1_000)} s`);
  return "built";
}

async function build(root: string, say: (line: string) => void): Promise<void> {
  const next = createRequire(path.join(root, "package.json")).resolve("next/dist/bin/next");
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [next, "build"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      const step = /^\s*(?:✓|▲)?\s*((?:Creating|Compiled|Collecting|Generating|Finalizing)[^.]*)/.exec(
        line,
      )?.[1];
      if (step) say(`  ${step.trim()}`);
    });
  const [code] = await once(child, "close");
  if (code === 0) return;
  throw new SignalboxError(
    "internal",
    `the console could not be built (next build exited with ${code}):\n${lines.slice(-shownLines).join("\n")}`,
  );
}
