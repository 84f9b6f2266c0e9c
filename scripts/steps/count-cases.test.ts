import { expect, test } from "vitest";
import { countPlaywrightCases, countVitestCases } from "./count-cases.ts";

test("Vitest's passed and failed cases are counted, skipped ones are not", () => {
  const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 3, testResults: [] };
  expect(countVitestCases(JSON.stringify(report))).toEqual({ passed: 7, failed: 2 });
});

test("a test file that does not load is one failed case", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{ status: "failed" }] },
  ];
  const report = { numPassedTests: 0, numFailedTests: 1, testResults };
  expect(countVitestCases(JSON.stringify(report))).toEqual({ passed: 0, failed: 2 });
});

test("Playwright's cases are counted, and an error outside of them is a failure", () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 },
    errors: [{ message: "setup" }],
  };
  expect(countPlaywrightCases(JSON.stringify(report))).toEqual({ passed: 5, failed: 3 });
});
