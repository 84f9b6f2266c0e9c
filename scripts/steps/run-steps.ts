import { runStep } from "./run-step.ts";
import type { Step, StepResult } from "./step.ts";

/**
 * Run steps, `atOnce` of them side by side, and print a line for each as it ends: of a failed one also all it said.
 * Returns the results in the order of `steps`.
 */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = steps.map((step, index) => ({ step, index }));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runStep(next.step);
      results[next.index] = result;
      process.stdout.write(describe(result));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

function describe({ name, passed, failed, seconds, output, skipped }: StepResult): string {
  if (skipped !== undefined) return `ok      ${name.padEnd(16)} ${skipped}\n`;
  const cases = passed > 0 ? `${passed} passed` : "";
  const line = `${failed > 0 ? "FAILED" : "ok    "}  ${name.padEnd(16)} ${`${seconds.toFixed(1)} s`.padStart(7)}  ${cases}`;
  return failed > 0
    ? `${line}${cases && ", "}${failed} failed\n${output.trimEnd()}\n\n`
    : `${line.trimEnd()}\n`;
}
