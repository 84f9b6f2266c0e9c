import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where runs leave what happened over time, for `node bench/plot.ts`. */
export const traceDirectory = path.join(import.meta.dirname, "..", "results");

/** Keep what one run did over time, in place of the run of the same name before. */
export function writeTrace(name: string, trace: object): void {
  mkdirSync(traceDirectory, { recursive: true });
  writeFileSync(path.join(traceDirectory, `${name}.json`), JSON.stringify(trace));
}
