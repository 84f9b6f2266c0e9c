import { checkSteps, generateTypes } from "./steps/check-steps.ts";
import { endStepsOnSignal } from "./steps/run-step.ts";
import { runSteps } from "./steps/run-steps.ts";
import type { Step } from "./steps/step.ts";

/**
 * `npm test`: everything. Ends with the line `N passed, N failed`, which counts the cases of all steps; a step without
 * cases (types, lint, build) that fails counts as one failed. Exits 1 when anything failed.
 */
const oneByOne: Step[] = [
  { name: "build", command: ["node", "scripts/build-console.ts"] },
  { name: "database tests", command: ["vitest", "run", "--project", "database"], cases: "vitest" },
  { name: "process tests", command: ["vitest", "run", "--project", "process"], cases: "vitest" },
  { name: "browser tests", command: ["playwright", "test"], cases: "playwright", timeoutMs: 30 * 60_000 },
];

endStepsOnSignal();
const results = [
  ...(await runSteps([generateTypes], 1)),
  ...(await runSteps(checkSteps, 2)),
  ...(await runSteps(oneByOne, 1)),
];
const sum = (count: "passed" | "failed") => results.reduce((total, result) => total + result[count], 0);
const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
if (broken.length > 0) process.stdout.write(`failed: ${broken.join(", ")}\n`);
process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
