import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Cases, readPlaywrightCases, readVitestCases } from "./read-cases.ts";
import type { Step, StepResult } from "./step.ts";

export const root = path.resolve(import.meta.dirname, "../..");
const usualTimeoutMs = 5 * 60_000;
const noCases: Cases = { passed: 0, failures: [], flaky: [] };
const running = new Set<ChildProcess>();

/** Ends whatever runs, when this process is told to end. */
export function endStepsOnSignal(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill("SIGINT");
      process.exit(1);
    });
  }
}

/** Run one step to its end; never throws, a step that cannot start has failed. */
export async function runStep(step: Step): Promise<StepResult> {
  const startedAtMs = performance.now();
  const skipped = step.skip?.();
  if (skipped !== undefined)
    return { name: step.name, failed: 0, seconds: 0, output: "", skipped, ...noCases };
  const scratch = mkdtempSync(path.join(tmpdir(), "signalbox-step-"));
  const report = path.join(scratch, "report.json");
  try {
    const { output, ok } = await run(step, report);
    const cases = step.cases ? readCases(step.cases, report) : noCases;
    return {
      name: step.name,
      ...cases,
      failed: Math.max(cases.failures.length, ok ? 0 : 1),
      seconds: (performance.now() - startedAtMs) / 1000,
      output,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(step: Step, report: string): Promise<{ output: string; ok: boolean }> {
  const [program, ...args] = step.command;
  const bin = path.join(root, "node_modules/.bin");
  const child = spawn(program, [...args, ...reporters(step, report)], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`,
      CI: "true",
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      NEXT_TELEMETRY_DISABLED: "1",
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const timeoutMs = step.timeoutMs ?? usualTimeoutMs;
  const timer = setTimeout(() => {
    output += `\nended: it took longer than ${timeoutMs / 1000} s\n`;
    // SIGINT, because that is what Vitest and Playwright clean up after.
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
  }, timeoutMs);
  try {
    const [code] = await once(child, "close");
    return { output, ok: code === 0 };
  } catch (error) {
    return { output: `${output}\n${String(error)}\n`, ok: false };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

function reporters({ cases }: Step, report: string): string[] {
  if (cases === "vitest") return ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  if (cases === "playwright") return ["--reporter=list,json"];
  return [];
}

function readCases(kind: NonNullable<Step["cases"]>, report: string): Cases {
  try {
    const text = readFileSync(report, "utf8");
    return kind === "vitest" ? readVitestCases(text, root) : readPlaywrightCases(text);
  } catch {
    // Without a report the run broke before its first case.
    return { ...noCases, failures: [{ name: "the run", messages: ["it wrote no report"] }] };
  }
}
