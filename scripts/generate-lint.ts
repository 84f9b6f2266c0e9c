import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildOverrides } from "./lint/build-overrides.ts";
import { layerTable } from "./lint/layer-table.ts";

/**
 * Writes what is generated from boundaries.mjs: the `overrides` of biome.json and the table in docs/architecture.md.
 * With `--check` it writes nothing and exits 1 when either is not what it would write.
 */
const root = path.resolve(import.meta.dirname, "..");
const start = "<!-- layers: generated from boundaries.mjs by scripts/generate-lint.ts -->";
const end = "<!-- end of layers -->";

function lintConfiguration(current: string): string {
  const configuration = { ...JSON.parse(current), overrides: buildOverrides() };
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const input = JSON.stringify(configuration, null, 2);
  return execFileSync(process.execPath, [biome, "format", "--stdin-file-path=biome.json"], {
    cwd: root,
    input,
    encoding: "utf8",
  });
}

function architecture(current: string): string {
  const from = current.indexOf(start);
  const to = current.indexOf(end);
  if (from < 0 || to < from)
    throw new Error("docs/architecture.md has lost the marks around its table of layers");
  return `${current.slice(0, from)}${start}\n${layerTable()}\n${current.slice(to)}`;
}

const generated = { "biome.json": lintConfiguration, "docs/architecture.md": architecture };
for (const [file, generate] of Object.entries(generated)) {
  const place = path.join(root, file);
  const current = readFileSync(place, "utf8");
  const wanted = generate(current);
  if (wanted === current) continue;
  if (process.argv.includes("--check")) {
    process.stderr.write(`${file} differs from boundaries.mjs: run node scripts/generate-lint.ts\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(place, wanted);
    process.stdout.write(`wrote ${file}\n`);
  }
}
