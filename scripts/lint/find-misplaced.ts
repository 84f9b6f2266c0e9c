import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { layers, longestFileLines, roots } from "../../boundaries.mjs";

const sources = "**/*.{ts,tsx,mjs,js,jsx,mts,cts,cjs}";
const passedOver = /(^|\/)(node_modules|\.next|\.data|\.git|test-results)$/;
/** Comments that switch a checker off, where such a comment begins. */
const silencing =
  /(?:\/\/|\/\*|^\s*\*)\s*(?:biome-ignore|eslint-disable|oxlint-disable|@ts-(?:ignore|nocheck|expect-error))/;
const unfinished = /(?:\/\/|\/\*|^\s*\*)\s*(?:TODO|FIXME|XXX|HACK)\b/;
const aliasImport = /^(?:import|export|\}).*"(#[^"]+)";/;

/**
 * What no lint rule sees, one sentence a finding: a source file outside every layer (and so under no rule), a file too
 * long, a comment that silences a checker or puts work off, an alias that leads to no file.
 */
export function findMisplaced(root: string): string[] {
  const files = globSync(sources, { cwd: root, exclude: (name) => passedOver.test(name) });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .flatMap((file) => judge(root, file));
}

function judge(root: string, file: string): string[] {
  const findings: string[] = [];
  const placed =
    layers.some((layer) => file.startsWith(layer.path)) || roots.some((glob) => path.matchesGlob(file, glob));
  if (!placed) findings.push(`${file}: lies outside every layer of boundaries.mjs, so no rule holds for it`);
  const text = readFileSync(path.join(root, file), "utf8");
  const lines = text.split("\n");
  const length = text.endsWith("\n") ? lines.length - 1 : lines.length;
  if (length > longestFileLines)
    findings.push(`${file}: has ${length} lines, ${longestFileLines} are the most: split it`);
  for (const [index, line] of lines.entries()) {
    if (silencing.test(line))
      findings.push(`${file}:${index + 1}: silences a checker: mend the code instead`);
    if (unfinished.test(line))
      findings.push(`${file}:${index + 1}: puts work off: do it, or write it where work is planned`);
    const alias = aliasImport.exec(line)?.[1];
    if (alias && !existsSync(path.join(root, alias.slice(1))))
      findings.push(`${file}:${index + 1}: ${alias} leads to no file`);
  }
  return findings;
}
