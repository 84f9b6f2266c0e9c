/** Test cases of one run; what was skipped is in neither. */
export interface Cases {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
}

/** Cases in the JSON report of Vitest; a file that failed before its first case counts as one failed. */
export function countVitestCases(report: string): Cases {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as VitestReport;
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** Cases in the JSON report of Playwright; one that passed only when tried again counts as failed, as does an error outside of all cases. */
export function countPlaywrightCases(report: string): Cases {
  const { stats, errors } = JSON.parse(report) as PlaywrightReport;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
