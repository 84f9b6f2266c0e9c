import path from "node:path";
import { findMisplaced } from "./lint/find-misplaced.ts";

/** Prints what no lint rule sees ({@link findMisplaced}) and exits 1 when there is anything. */
const findings = findMisplaced(path.resolve(import.meta.dirname, ".."));
for (const finding of findings) process.stderr.write(`${finding}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
