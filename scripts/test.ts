import { checkSteps, generateTypes } from "./steps/check-steps.ts";
import { nameWhatFailed } from "./steps/describe-step.ts";
import { endStepsOnSignal } from "./steps/run-step.ts";
import { runSteps } from "./steps/run-steps.ts";
import type { Step } from "./steps/step.ts";

/**
 * `npm test`: everything. Ends with what failed and what passed only at the second try (`failed: …`, `flaky: …`), and the
 * line `N passed, N failed`, which counts the cases of all steps; a step without cases (types, lint, build) that fails
 * counts as one failed. Exits 1 when anything failed.
 */

const build: Step = { name: "build", command: ["node", "scripts/build-console.ts"] };
/** Side by side: the second mostly waits for processes to start and for leases to run out. */
const engineSteps: Step[] = [
  { name: "database tests", command: ["vitest", "run", "--project", "database"], cases: "vitest" },
  { name: "process tests", command: ["vitest", "run", "--project", "process"], cases: "vitest" },
];
const browserTests: Step = {
  name: "browser tests",
  command: ["playwright", "test"],
  cases: "playwright",
  timeoutMs: 30 * 60_000,
};

endStepsOnSignal();
const results = [
  ...(await runSteps([generateTypes], 1)),
  ...(await runSteps(checkSteps, 2)),
  ...(await runSteps([build], 1)),
  ...(await runSteps(engineSteps, 2)),
  ...(await runSteps([browserTests], 1)),
];
const sum = (count: "passed" | "failed") => results.reduce((total, result) => total + result[count], 0);
process.stdout.write(nameWhatFailed(results));
process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
