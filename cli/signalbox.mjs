#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node cannot load TypeScript, and is to be told so rather than crash.
import process from "node:process";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const oldest = { major: 22, minor: 18 };

if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
  process.stderr.write(
    `signalbox needs Node ${oldest.major}.${oldest.minor} or newer, this is ${process.versions.node} (${process.execPath}): install a newer Node, or start it by npm start, which brings its own on Linux\n`,
  );
  process.exit(1);
}
await import("./signalbox.ts");
