import { checkSteps, generateTypes } from "./steps/check-steps.ts";
import { nameWhatFailed } from "./steps/describe-step.ts";
import { endStepsOnSignal } from "./steps/run-step.ts";
import { runSteps } from "./steps/run-steps.ts";

/** `npm run check`: format, lint, types, boundaries, dead code and the tests that need no database. Exits 1 when any of them fails. */
endStepsOnSignal();
const startedAtMs = performance.now();
const results = [...(await runSteps([generateTypes], 1)), ...(await runSteps(checkSteps, 2))];
const failed = results.filter((result) => result.failed > 0).length;
const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
process.stdout.write(nameWhatFailed(results));
process.stdout.write(failed > 0 ? `${failed} failed (${seconds} s)\n` : `all checks passed (${seconds} s)\n`);
process.exitCode = failed > 0 ? 1 : 0;
