import type { Failure } from "./read-cases.ts";

/** One thing that `npm run check` or `npm test` runs. */
export interface Step {
  name: string;
  /** A program of node_modules/.bin (or `node`) and its arguments. */
  command: [program: string, ...args: string[]];
  /** Who writes the report of test cases; a step without one has no cases. */
  cases?: "vitest" | "playwright";
  /** Why there is nothing to do; undefined runs the step. */
  skip?: () => string | undefined;
  /** Longest it may take, ms. */
  timeoutMs?: number;
}

export interface StepResult {
  name: string;
  /** Cases that passed, those of `flaky` too. */
  passed: number;
  /** Failed cases; a step that fails without naming one counts as 1. */
  failed: number;
  /** The failed cases by name: none where the step has no cases. */
  failures: Failure[];
  /** Names of the cases that passed only when they were tried again. */
  flaky: string[];
  seconds: number;
  /** All it printed. */
  output: string;
  /** Why it was not run. */
  skipped?: string;
}
