import type { Failure } from "./read-cases.ts";
import type { StepResult } from "./step.ts";

/** Of so many failed cases a step tells what they said; the rest is in its output. */
const mostFailures = 20;
const [mostLines, mostColumns] = [6, 200];

/**
 * What is printed of a step when it ends: a line, the names of its flaky cases, and of a failed step what its failed
 * cases said, before all it printed, so that a log that is cut still tells.
 */
export function describeStep(result: StepResult): string {
  const { name, passed, failed, failures, flaky, seconds, output, skipped } = result;
  if (skipped !== undefined) return `ok      ${name.padEnd(16)} ${skipped}\n`;
  const counts = [passed > 0 && `${passed} passed`, failed > 0 && `${failed} failed`].filter(Boolean);
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  const line = `${failed > 0 ? "FAILED" : "ok    "}  ${name.padEnd(16)} ${time}  ${counts.join(", ")}`;
  const lines = [
    line.trimEnd(),
    ...failures.slice(0, mostFailures).flatMap(describeFailure),
    ...(failures.length > mostFailures ? [`  and ${failures.length - mostFailures} more`] : []),
    ...nameFlaky(flaky),
    ...(failed > 0 ? ["", output.trimEnd(), ""] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * The last words on a run: `flaky: …` and `failed: …`, a line for each step that has such cases. Nothing when all
 * passed at the first try.
 */
export function nameWhatFailed(results: readonly StepResult[]): string {
  const flaky = nameFlaky(results.flatMap((result) => result.flaky));
  const failed = results
    .filter((result) => result.failed > 0)
    .map(({ name, failures }) => {
      const more = failures.length > mostFailures ? [`and ${failures.length - mostFailures} more`] : [];
      const names = [...failures.slice(0, mostFailures).map((failure) => failure.name), ...more];
      return `failed: ${[name, names.join("; ")].filter(Boolean).join(": ")}`;
    });
  return [...flaky, ...failed].map((line) => `${line}\n`).join("");
}

function nameFlaky(names: readonly string[]): string[] {
  return names.length > 0 ? [`flaky: ${names.join("; ")}`] : [];
}

/** The name and the first lines of what each try said, without the stack. */
function describeFailure({ name, messages }: Failure): string[] {
  return [
    `  ✗ ${name}`,
    ...messages.flatMap((message, at) => [...(at > 0 ? ["    tried again:"] : []), ...cut(message)]),
  ];
}

function cut(message: string): string[] {
  const said = message.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return said.slice(0, mostLines).map((line) => `      ${line.slice(0, mostColumns)}`);
}
