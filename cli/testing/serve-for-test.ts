import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** A console of its own process on the database until the tests of the file are over; resolves to its address. */
export async function serveForTest(databaseUrl: string, gate: "gated" | "open"): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, ["cli/testing/serve-console.ts", databaseUrl, gate], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  afterAll(async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  });
  if (!child.stdout) throw new Error("the server has no pipe");
  for await (const line of createInterface({ input: child.stdout })) {
    const [, at] = /^at (\S+)$/.exec(line) ?? [];
    if (at) return at;
  }
  throw new Error("the server ended before it answered");
}
