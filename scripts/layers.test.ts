import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMisplaced } from "./lint/find-misplaced.ts";

const root = path.resolve(import.meta.dirname, "..");
const imports = "lint/style/noRestrictedImports";
const globals = "lint/style/noRestrictedGlobals";

/** Violations, each in a file of its own: what is broken, where, how, and the rule that must say so. */
const violations: [guarantee: string, file: string, code: string, rule: string][] = [
  ["core imports no other layer", "core/job/a.ts", 'import "#db/client.ts";', imports],
  ["core imports nothing of Node", "core/job/b.ts", 'import "node:fs";', imports],
  ["core imports no package but its own few", "core/job/c.ts", 'import "pg";', imports],
  ["core starts no timer", "core/job/d.ts", "setTimeout(() => undefined, 1);", globals],
  ["core calls no service", "core/job/e.ts", 'export const answer = fetch("http://localhost");', globals],
  ["core prints nothing", "core/job/f.ts", 'console.log("x");', globals],
  ["core sees no process", "core/job/g.ts", "export const id = process.pid;", globals],
  ["core has no crypto", "core/job/h.ts", "export const id = crypto.randomUUID();", globals],
  ["core reads no clock", "core/job/i.ts", "export const now = Date.now();", "plugin"],
  ["a core test keeps to core", "core/job/a.test.ts", 'import "#server/system/clock.ts";', imports],
  ["db does not import the server", "db/a.ts", 'import "#server/store/jobs/a.ts";', imports],
  [
    "the store does not import operations",
    "server/store/jobs/a.ts",
    'import "#server/operations/a.ts";',
    imports,
  ],
  [
    "the store does not climb to operations",
    "server/store/jobs/b.ts",
    'import "../../operations/a.ts";',
    imports,
  ],
  ["the store does not climb to core", "server/store/jobs/c.ts", 'import "../../../core/job/a.ts";', imports],
  ["a re-export is an import", "server/store/jobs/d.ts", 'export { a } from "#sdk/a.ts";', imports],
  ["a later import is an import", "server/store/jobs/e.ts", 'export const a = import("#sdk/a.ts");', imports],
  [
    "a type is imported by the same rule",
    "server/store/jobs/f.ts",
    'import type { A } from "#cli/a.ts";\nexport type B = A;',
    imports,
  ],
  [
    "operations do not import the dispatcher",
    "server/operations/a.ts",
    'import "#server/dispatcher/loop.ts";',
    imports,
  ],
  ["the dispatcher does not import the API", "server/dispatcher/a.ts", 'import "../api/root.ts";', imports],
  ["the SDK does not import the command line", "sdk/a.ts", 'import "../cli/web/start-web.ts";', imports],
  ["the demo does not reach past the SDK", "demo/a.ts", 'import "#server/store/jobs/a.ts";', imports],
  ["components know core alone", "components/ui/a.ts", 'import "#server/api/root.ts";', imports],
  ["components fetch nothing", "components/ui/b.ts", 'export const a = fetch("/");', globals],
  ["components query nothing", "components/ui/c.ts", 'import "@tanstack/react-query";', imports],
  [
    "a page takes no value from the server",
    "app/a.ts",
    'import { a } from "#server/api/root.ts";\nexport const b = a;',
    "plugin",
  ],
  [
    "a page re-exports no value of the server",
    "app/b.ts",
    'export { a } from "#server/api/root.ts";',
    "plugin",
  ],
  [
    "a page loads no value of the server later",
    "app/c.ts",
    'export const a = import("#server/api/root.ts");',
    "plugin",
  ],
  [
    "a page does not import the database",
    "app/d.ts",
    'import type { Pool } from "#db/client.ts";\nexport type P = Pool;',
    imports,
  ],
  [
    "a page does not import operations",
    "app/e.ts",
    'import type { A } from "#server/operations/a.ts";',
    imports,
  ],
  [
    "a route of the pages takes no value from the server either",
    "app/api/x/route.ts",
    'import { GET } from "#server/http/get.ts";\nexport { GET };',
    "plugin",
  ],
  [
    "the product does not import code for tests",
    "server/operations/b.ts",
    'import "#db/testing/test-database.ts";',
    imports,
  ],
  ["the server asks no wall clock", "server/operations/c.ts", "export const now = Date.now();", "plugin"],
  ["the server makes no date of now", "server/operations/d.ts", "export const now = new Date();", "plugin"],
  ["the SDK throws no dice", "sdk/b.ts", "export const roll = Math.random;", "plugin"],
  ["the clock is not taken apart", "sdk/c.ts", "const { now } = Date;\nexport const at = now();", "plugin"],
  ["the server reads no environment", "server/http/a.ts", "export const port = process.env.PORT;", "plugin"],
  ["a command reads no environment", "cli/commands/a.ts", "export const port = process.env.PORT;", "plugin"],
  [
    "the environment is not taken apart",
    "demo/b.ts",
    "const { env } = process;\nexport const port = env.PORT;",
    "plugin",
  ],
  [
    "files do not import each other in a ring",
    "core/job/j.ts",
    'import { k } from "./k.ts";\nexport const j = () => k;',
    "lint/suspicious/noImportCycles",
  ],
  [
    "no promise is left alone",
    "sdk/d.ts",
    "async function a() {}\nexport function b() {\n  a();\n}",
    "lint/nursery/noFloatingPromises",
  ],
  ["nothing is typed any", "sdk/e.ts", "export const a = (b: any) => b;", "lint/suspicious/noExplicitAny"],
];

const cleanFiles: [file: string, code: string][] = [
  ["cli/signalbox.ts", "export const port = process.env.PORT;"],
  [
    "core/job/k.ts",
    'import { z } from "zod";\nimport { RE2JS } from "re2js";\nimport { j } from "./j.ts";\nexport const k = () => [z, RE2JS, j, new Date(5)];',
  ],
  [
    "core/job/clean.test.ts",
    'import fc from "fast-check";\nimport { test } from "vitest";\nimport { k } from "./k.ts";\ntest("Date.now()", () => void [fc, k]);',
  ],
  [
    "server/store/jobs/clean.ts",
    'import { a } from "#core/job/a.ts";\nimport { b } from "#db/client.ts";\nimport { c } from "../queues/c.ts";\nexport const all = [a, b, c];',
  ],
  [
    "server/store/jobs/clean.db.test.ts",
    'import { a } from "#db/testing/test-database.ts";\nimport { b } from "#server/operations/b.ts";\nexport const all = [a, b];',
  ],
  [
    "server/system/clock.ts",
    "// Date.now and Math.random may stand here.\nexport const nowMs = () => Date.now() + Math.random();\nexport const port = process.env.PORT;",
  ],
  [
    "server/operations/clean.ts",
    'export const said = "Date.now() and process.env"; // new Date()\nexport const at = (ms: number) => new Date(ms);',
  ],
  [
    "app/clean.ts",
    'import type { Root } from "#server/api/root.ts";\nimport { k } from "#core/job/k.ts";\nimport { b } from "#components/ui/clean.ts";\nexport type { Board } from "#server/api/board.ts";\nexport const c: [Root, unknown, unknown] | null = k === b ? null : null;',
  ],
  ["components/ui/clean.ts", 'import { useState } from "react";\nexport const b = useState;'],
  ["cli/clean.ts", 'import { a } from "#server/dispatcher/loop.ts";\nexport const b = a;'],
  ["bench/systems/clean.ts", 'import { a } from "../../db/embedded.ts";\nexport const b = a;'],
];

const directory = mkdtempSync(path.join(tmpdir(), "signalbox-layers-"));
const said = new Map<string, string[]>();

function plant(file: string, code: string): void {
  const place = path.join(directory, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, `${code}\n`);
}

beforeAll(() => {
  for (const [, file, code] of violations) plant(file, code);
  for (const [file, code] of cleanFiles) plant(file, code);
  cpSync(path.join(root, "scripts/lint"), path.join(directory, "scripts/lint"), { recursive: true });
  cpSync(path.join(root, "biome.json"), path.join(directory, "biome.json"));
  symlinkSync(path.join(root, "node_modules"), path.join(directory, "node_modules"), "dir");
  const report = path.join(directory, "report.json");
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const options = ["lint", ".", "--reporter=json", `--reporter-file=${report}`, "--max-diagnostics=none"];
  try {
    execFileSync(process.execPath, [biome, ...options], { cwd: directory, stdio: "ignore" });
  } catch {
    // Findings make it exit 1: they are read below.
  }
  const { diagnostics } = JSON.parse(readFileSync(report, "utf8")) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  for (const { category, location } of diagnostics)
    said.set(location.path, [...(said.get(location.path) ?? []), category]);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the table of layers is law", () => {
  test.each(violations)("%s", (_guarantee, file, _code, rule) => {
    expect(said.get(file)).toContain(rule);
  });

  test.each(cleanFiles)("%s keeps every rule of the layers", (file) => {
    const broken = (said.get(file) ?? []).filter((rule) => [imports, globals, "plugin"].includes(rule));
    expect(broken).toEqual([]);
  });
});

describe("what no lint rule sees is found", () => {
  const place = (file: string) => findMisplaced(directory).filter((finding) => finding.startsWith(file));

  test("a file outside every layer", () => {
    plant("elsewhere/a.ts", "export const a = 1;");
    expect(place("elsewhere/a.ts")).toEqual([expect.stringContaining("outside every layer")]);
  });

  test("a file of more than 300 lines", () => {
    plant("core/long.ts", "export {};\n".repeat(301).trimEnd());
    expect(place("core/long.ts")).toEqual([expect.stringContaining("301 lines")]);
  });

  test("a comment that silences a checker or puts work off", () => {
    const comment = (words: string) => `export const a = 1; // ${words}`;
    plant("core/silent.ts", comment(`biome${"-ignore"} lint: because`));
    plant("core/later.ts", comment(`TO${"DO"} finish`));
    expect(place("core/silent.ts")).toEqual([expect.stringContaining("silences a checker")]);
    expect(place("core/later.ts")).toEqual([expect.stringContaining("puts work off")]);
  });

  test("an alias that leads to no file", () => {
    plant("db/lost.ts", 'import "#core/no/such.ts";');
    expect(place("db/lost.ts")).toEqual([expect.stringContaining("leads to no file")]);
  });

  test("a file in its layer has no finding", () => {
    plant("core/job/fine.ts", 'import "#core/job/k.ts";');
    expect(place("core/job/fine.ts")).toEqual([]);
  });
});
