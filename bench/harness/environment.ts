import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import path from "node:path";

export interface Environment {
  cpu: string;
  cores: number;
  memoryGb: number;
  os: string;
  node: string;
  postgres: string;
  redis: string | null;
  peers: Record<string, string>;
  rounds: number;
  quick: boolean;
  /** CPU seconds that the host gave to others during the run, and their share of all; null where unknown. */
  stolenCpuSeconds: number | null;
  stolenShare: number | null;
}

export interface CpuTicks {
  total: number;
  stolen: number;
}

/** All CPU ticks of this machine so far and those that its host took away, from /proc/stat. */
export function readCpuTicks(): CpuTicks | null {
  if (!existsSync("/proc/stat")) return null;
  const first = readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? "";
  // user nice system idle iowait irq softirq steal; guest time is counted in user already.
  const fields = first.trim().split(/\s+/).slice(1, 9).map(Number);
  return { total: fields.reduce((sum, value) => sum + value, 0), stolen: fields[7] ?? 0 };
}

/** Versions of the peers as installed in `bench/node_modules`. */
export function readPeerVersions(directory: string): Record<string, string> {
  const require = createRequire(path.join(directory, "package.json"));
  const { dependencies } = require("./package.json") as { dependencies: Record<string, string> };
  const versions: Record<string, string> = {};
  for (const name of Object.keys(dependencies)) {
    const manifest = path.join(directory, "node_modules", name, "package.json");
    if (!existsSync(manifest)) continue;
    versions[name] = (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }
  return versions;
}

/** What a reader must know to judge the figures. */
export function describeEnvironment(known: {
  postgres: string;
  redis: string | null;
  peers: Record<string, string>;
  rounds: number;
  quick: boolean;
  before: CpuTicks | null;
}): Environment {
  const { before, ...rest } = known;
  const after = readCpuTicks();
  const stolen = before && after ? after.stolen - before.stolen : null;
  const total = before && after ? after.total - before.total : null;
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `${platform()} ${release()}`,
    node: process.versions.node,
    ...rest,
    stolenCpuSeconds: stolen === null ? null : stolen / 100,
    stolenShare: stolen === null || !total ? null : stolen / total,
  };
}
