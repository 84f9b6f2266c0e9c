#!/usr/bin/env node
import process from "node:process";
import { runCommandLine } from "./command-line/run-command-line.ts";

// A reader that has gone (`signalbox jobs list | head`) is no failure.
process.stdout.on("error", () => process.exit(0));
const code = await runCommandLine(process.argv.slice(2), process.env);
// Ends what a command may have left open, once everything is written.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
