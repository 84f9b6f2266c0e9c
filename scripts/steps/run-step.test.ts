import { expect, test } from "vitest";
import { runStep } from "./run-step.ts";
import type { Step } from "./step.ts";

const script = (code: string): Step["command"] => ["node", "-e", code];

test("a step without cases that succeeds adds nothing to the count", async () => {
  const result = await runStep({ name: "good", command: script("console.log('fine')") });
  expect(result).toMatchObject({ passed: 0, failed: 0, output: "fine\n" });
});

test("a step without cases that fails is one failed, and all it said is kept", async () => {
  const result = await runStep({ name: "bad", command: script("console.error('why'); process.exit(3)") });
  expect(result).toMatchObject({ passed: 0, failed: 1, output: "why\n" });
});

test("a step whose program does not exist has failed", async () => {
  const result = await runStep({ name: "missing", command: ["no-such-program"] });
  expect(result.failed).toBe(1);
  expect(result.output).toContain("ENOENT");
});

test("a step that takes too long is ended and says so", async () => {
  const hang = script("setInterval(() => {}, 1000)");
  const result = await runStep({ name: "hangs", command: hang, timeoutMs: 300 });
  expect(result.failed).toBe(1);
  expect(result.output).toContain("it took longer than 0.3 s");
});

test("a step with cases that writes no report has failed", async () => {
  const result = await runStep({ name: "no report", command: script(""), cases: "playwright" });
  expect(result).toMatchObject({ passed: 0, failed: 1 });
});

test("the cases of a step are those of its report: a flaky one passed, a failed one is named", async () => {
  const spec = (title: string, status: string, said: string[]) => {
    const results = said.map((message) => ({ errors: [{ message }] }));
    return { file: "a.spec.ts", title, tests: [{ status, results }] };
  };
  const specs = [spec("late", "flaky", ["not yet"]), spec("never", "unexpected", ["no", "still no"])];
  const report = JSON.stringify({ suites: [{ title: "a.spec.ts", specs }], errors: [] });
  const write = `fs.writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE, ${JSON.stringify(report)}); process.exit(1)`;
  const command: Step["command"] = ["node", "-e", write, "--"];
  const result = await runStep({ name: "with cases", command, cases: "playwright" });
  expect(result).toMatchObject({ passed: 1, failed: 1, flaky: ["a.spec.ts › late"] });
  expect(result.failures).toEqual([{ name: "a.spec.ts › never", messages: ["no", "still no"] }]);
});

test("a step with nothing to do is not run", async () => {
  const result = await runStep({
    name: "skipped",
    command: ["no-such-program"],
    skip: () => "there already",
  });
  expect(result).toMatchObject({ failed: 0, skipped: "there already" });
});

test("steps see no colours and know that they run unattended", async () => {
  const command = script("console.log(process.env.CI, process.env.NO_COLOR, process.env.FORCE_COLOR)");
  const result = await runStep({ name: "environment", command });
  expect(result.output).toBe("true 1 undefined\n");
});
