import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Everything that the built console is made of, from the root of the package. */
const sources = [
  "app/**/*.{ts,tsx,css}",
  "components/**/*.{ts,tsx,css}",
  "core/**/*.ts",
  "public/**/*",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
];

/** What the console's sources are now: a hash of their names and contents, and when the last of them was written (ms since 1970). */
export function hashConsoleSources(root: string): { hash: string; newestMs: number } {
  const files = sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !/\.test\.tsx?$/.test(file) && statSync(path.join(root, file)).isFile())
    .sort();
  const hash = createHash("sha256");
  let newestMs = 0;
  for (const file of files) {
    const place = path.join(root, file);
    hash.update(`${file}\0`).update(readFileSync(place)).update("\0");
    newestMs = Math.max(newestMs, statSync(place).mtimeMs);
  }
  return { hash: hash.digest("hex"), newestMs };
}
