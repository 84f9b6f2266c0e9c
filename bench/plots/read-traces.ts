import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { systemNames } from "../harness/system.ts";
import { traceDirectory } from "../harness/write-trace.ts";

/** The last runs that were kept under `<name>-<system>`, by system; systems that have none are left out. */
export function readTraces<Trace>(name: string): Map<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const system of systemNames) {
    const file = path.join(traceDirectory, `${name}-${system}.json`);
    if (existsSync(file)) traces.set(system, JSON.parse(readFileSync(file, "utf8")) as Trace);
  }
  return traces;
}
