import path from "node:path";
import { stripVTControlCharacters } from "node:util";

/** A case that failed, or what broke outside of all cases. */
export interface Failure {
  /** The file and the titles of the case. */
  name: string;
  /** What its tries said, each text once and without colours: a second try may only meet what the first left behind. */
  messages: string[];
}

/** Test cases of one run; what was skipped is in none. */
export interface Cases {
  /** How many passed, those of `flaky` too. */
  passed: number;
  failures: Failure[];
  /** Names of the cases that passed only when they were tried again. */
  flaky: string[];
}

interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {
      status: string;
      ancestorTitles: string[];
      title: string;
      failureMessages: string[];
    }[];
  }[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: PlaywrightSpec[];
  title: string;
}

interface PlaywrightSpec {
  file: string;
  title: string;
  tests: {
    status: "expected" | "unexpected" | "flaky" | "skipped";
    results: { errors: { message?: string }[] }[];
  }[];
}

interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors: { message?: string }[];
}

/**
 * Cases in the JSON report of Vitest, their files named from `root`; a file that failed before its first case is one
 * failure. A case that passed though an attempt of it failed is flaky: Vitest keeps what that attempt said.
 */
export function readVitestCases(report: string, root: string): Cases {
  const cases: Cases = { passed: 0, failures: [], flaky: [] };
  for (const file of (JSON.parse(report) as VitestReport).testResults) {
    const fileName = path.relative(root, file.name);
    if (file.status === "failed" && file.assertionResults.length === 0)
      cases.failures.push({ name: fileName, messages: listSaid([file.message]) });
    for (const { status, ancestorTitles, title, failureMessages } of file.assertionResults) {
      const name = nameCase(fileName, [...ancestorTitles, title]);
      if (status === "failed") cases.failures.push({ name, messages: listSaid(failureMessages) });
      if (status === "passed") cases.passed++;
      if (status === "passed" && failureMessages.length > 0) cases.flaky.push(name);
    }
  }
  return cases;
}

/**
 * Cases in the JSON report of Playwright; an error outside of all cases is a failure. A case that passed only when tried
 * again has passed, and is flaky.
 */
export function readPlaywrightCases(report: string): Cases {
  const { suites, errors } = JSON.parse(report) as PlaywrightReport;
  const cases: Cases = { passed: 0, failures: [], flaky: [] };
  // The outermost suite is the file.
  for (const suite of suites) readSuite(suite, [], cases);
  for (const { message = "" } of errors)
    cases.failures.push({ name: "outside of all cases", messages: listSaid([message]) });
  return cases;
}

function readSuite({ specs = [], suites = [] }: PlaywrightSuite, titles: string[], cases: Cases): void {
  for (const { file, title, tests } of specs) {
    const name = nameCase(file, [...titles, title]);
    for (const { status, results } of tests) {
      const said = listSaid(results.map(({ errors }) => errors[0]?.message ?? ""));
      if (status === "unexpected") cases.failures.push({ name, messages: said });
      if (status === "expected" || status === "flaky") cases.passed++;
      if (status === "flaky") cases.flaky.push(name);
    }
  }
  for (const suite of suites) readSuite(suite, [...titles, suite.title], cases);
}

function listSaid(messages: readonly string[]): string[] {
  return [...new Set(messages.map((message) => stripVTControlCharacters(message)))].filter(
    (message) => message !== "",
  );
}

function nameCase(file: string, titles: readonly string[]): string {
  return [file, ...titles.filter((title) => title !== "")].join(" › ");
}
