import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./run-step.ts";
import type { Step } from "./step.ts";

/** What Next.js generates for the type check; a fresh clone has none of it. */
export const generateTypes: Step = {
  name: "generated types",
  command: ["next", "typegen"],
  skip: () => {
    const there = ["next-env.d.ts", ".next/types"].every((file) => existsSync(path.join(root, file)));
    return there ? "there already" : undefined;
  },
};

/** `npm run check`, the longest first. */
export const checkSteps: Step[] = [
  { name: "core tests", command: ["vitest", "run", "--project", "core"], cases: "vitest" },
  { name: "unit tests", command: ["vitest", "run", "--project", "unit"], cases: "vitest" },
  { name: "types", command: ["tsc", "--noEmit", "-p", "."] },
  {
    name: "format and lint",
    command: ["biome", "check", ".", "--error-on-warnings", "--max-diagnostics=50"],
  },
  { name: "dead code", command: ["knip", "--no-progress"] },
  { name: "files", command: ["node", "scripts/check-files.ts"] },
  { name: "boundaries", command: ["node", "scripts/generate-lint.ts", "--check"] },
];
