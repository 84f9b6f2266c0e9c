import { existsSync, statfsSync } from "node:fs";
import process from "node:process";
import { embeddedDirectory } from "#db/embedded.ts";
import type { Settings } from "#server/system/settings.ts";
import { type Finding, judge } from "./finding.ts";

const leastFreeBytes = 1_000_000_000;
const mebibyte = 1_048_576;

/** Node itself, and the disk of the embedded Postgres. That Node is new enough was decided when this program loaded. */
export function checkMachine(settings: Settings): Finding[] {
  const findings: Finding[] = [{ name: "node", status: "ok", text: process.versions.node, fix: null }];
  if (settings.databaseUrl !== null) return findings;
  const directory = embeddedDirectory(settings.dataDirectory);
  if (!existsSync(directory)) return findings;
  const { bavail, bsize, blocks } = statfsSync(directory);
  const free = bavail * bsize;
  const share = Math.round((bavail / blocks) * 100);
  const text = `${Math.round(free / mebibyte).toLocaleString("en-GB")} MiB free (${share} %) in ${directory}`;
  findings.push(
    judge("disk", free >= leastFreeBytes, text, {
      status: free < leastFreeBytes / 10 ? "broken" : "warning",
      fix: "free some, or set DATA_DIR to a larger disk: Postgres stops when it is full",
    }),
  );
  return findings;
}
