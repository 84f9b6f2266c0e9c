import { readdirSync, readFileSync } from "node:fs";

/** Ticks a second in /proc: 100 on every Linux that Node supports. */
const ticksPerSecond = 100;

export interface CpuTime {
  /** CPU seconds of this process, all threads. */
  node: number;
  /** CPU seconds of the server with its children, those that ended included; null where there is no /proc. */
  server: number | null;
}

function statFields(pid: number | string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold spaces: count from behind it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** CPU seconds that a server and its children have used since it started, from /proc. */
export function serverCpuSeconds(serverPid: number): number | null {
  const own = statFields(serverPid);
  if (!own) return null;
  const ticks = (fields: string[], first: number, last: number) =>
    fields.slice(first, last + 1).reduce((sum, field) => sum + Number(field), 0);
  // utime, stime, and cutime, cstime of the children that have ended.
  let total = ticks(own, 11, 14);
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statFields(entry);
    if (fields && Number(fields[1]) === serverPid) total += ticks(fields, 11, 12);
  }
  return total / ticksPerSecond;
}

/** Start to count CPU time; the answer gives what was used since. */
export function startCpuMeter(serverPid: number): () => CpuTime {
  const node = process.cpuUsage();
  const server = serverCpuSeconds(serverPid);
  return () => {
    const used = process.cpuUsage(node);
    const serverNow = serverCpuSeconds(serverPid);
    return {
      node: (used.user + used.system) / 1e6,
      server: server === null || serverNow === null ? null : serverNow - server,
    };
  };
}
