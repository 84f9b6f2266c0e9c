import { existsSync, globSync, statSync } from "node:fs";
import path from "node:path";

/** What the build of the console reads. */
const sources = [
  "app/**/*.{ts,tsx,css}",
  "components/**/*.{ts,tsx}",
  "core/**/*.ts",
  "server/**/*.ts",
  "db/**/*.ts",
  "{next.config.ts,postcss.config.mjs,tsconfig.json,package.json,package-lock.json}",
];

/** Whether the console was built after the last change to anything its build reads. */
export function buildIsCurrent(root: string): boolean {
  const built = path.join(root, ".next/BUILD_ID");
  if (!existsSync(built)) return false;
  const builtAtMs = statSync(built).mtimeMs;
  return globSync(sources, { cwd: root }).every(
    (file) => statSync(path.join(root, file)).mtimeMs <= builtAtMs,
  );
}
