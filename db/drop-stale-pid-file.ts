import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { promisify } from "node:util";

/**
 * Delete a postmaster.pid that Postgres itself would stumble over: an empty or broken one, and one whose number
 * has meanwhile gone to another program (after a restart of the machine, say). One of a Postgres that is running, or of
 * a process that is gone, is left to Postgres. Returns whether it was deleted.
 */
export async function dropStalePidFile(pidFile: string): Promise<boolean> {
  if (!existsSync(pidFile)) return false;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]?.trim());
  const broken = !Number.isInteger(pid) || pid <= 0;
  if (!broken) {
    const command = await commandOf(pid);
    if (command === null || /postgres|postmaster/i.test(command)) return false;
  }
  rmSync(pidFile, { force: true });
  return true;
}

/** The command line of a process, null when it is gone or cannot be told. */
async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === "win32") return null;
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8") || null;
    const { stdout } = await promisify(execFile)("ps", ["-p", String(pid), "-o", "command="]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
