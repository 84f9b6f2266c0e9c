import { expect, test } from "vitest";
import { describeStep, nameWhatFailed } from "./describe-step.ts";
import type { StepResult } from "./step.ts";

const step = (result: Partial<StepResult>): StepResult => ({
  ...{ name: "unit tests", passed: 0, failed: 0, failures: [], flaky: [], seconds: 1.25, output: "" },
  ...result,
});
const failures = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `a.test.ts › case ${n}`, messages: [`broke ${n}`] }));

test("a step that passed is one line", () => {
  expect(describeStep(step({ passed: 7, output: "much" }))).toBe(
    "ok      unit tests         1.3 s  7 passed\n",
  );
});

test("a failed step tells its cases and the first lines of what they said, before all it printed", () => {
  const message = `Error: expected 1\n\n${"to be 2 ".repeat(50)}\n    at law.ts:3:1\n${"line\n".repeat(10)}`;
  const result = step({
    ...{
      passed: 1,
      failed: 1,
      failures: [{ name: "a.test.ts › adds", messages: [message, "already there"] }],
      output: "all of it\n",
    },
  });
  const lines = describeStep(result).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "FAILED  unit tests         1.3 s  1 passed, 1 failed",
    "  ✗ a.test.ts › adds",
    "      Error: expected 1",
    `      ${"to be 2 ".repeat(25)}`,
  ]);
  expect(lines.slice(4, 10)).toEqual([
    ...Array(4).fill("      line"),
    "    tried again:",
    "      already there",
  ]);
  expect(lines.slice(10)).toEqual(["", "all of it", "", ""]);
});

test("of many failed cases twenty are told, and how many more there are", () => {
  const described = describeStep(step({ failed: 23, failures: failures(23), output: "all" }));
  expect(described.match(/✗/g)).toHaveLength(20);
  expect(described).toContain("  and 3 more\n");
  expect(nameWhatFailed([step({ failed: 23, failures: failures(23) })])).toMatch(/case 19; and 3 more\n$/);
});

test("a flaky case is named below its step, which has not failed, and at the end", () => {
  const result = step({ passed: 2, flaky: ["a.test.ts › late", "b.test.ts › later"] });
  const line = "flaky: a.test.ts › late; b.test.ts › later\n";
  expect(describeStep(result)).toBe(`ok      unit tests         1.3 s  2 passed\n${line}`);
  expect(nameWhatFailed([step({}), result])).toBe(line);
});

test("the end names failed steps with their cases, steps without cases by themselves", () => {
  const results = [step({ name: "types", failed: 1 }), step({}), step({ failed: 2, failures: failures(2) })];
  expect(nameWhatFailed(results)).toBe(
    "failed: types\nfailed: unit tests: a.test.ts › case 0; a.test.ts › case 1\n",
  );
});

test("when all passed at the first try nothing is left to say", () => {
  expect(nameWhatFailed([step({ passed: 3 })])).toBe("");
});
