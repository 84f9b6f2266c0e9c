import { describeStep } from "./describe-step.ts";
import { runStep } from "./run-step.ts";
import type { Step, StepResult } from "./step.ts";

/**
 * Run steps, `atOnce` of them side by side, and print each as it ends: of a failed one also all it said.
 * Returns the results in the order of `steps`.
 */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = steps.map((step, index) => ({ step, index }));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runStep(next.step);
      results[next.index] = result;
      process.stdout.write(describeStep(result));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
