import { expect, test } from "vitest";
import { readPlaywrightCases, readVitestCases } from "./read-cases.ts";

const root = "/checkout";
const vitestFile = (cases: object[], status = "passed", message = "") => ({
  name: `${root}/core/law.test.ts`,
  status,
  message,
  assertionResults: cases,
});
const vitestCase = (title: string, status: string, failureMessages: string[] = []) => ({
  ancestorTitles: ["a law"],
  title,
  status,
  failureMessages,
});
const playwrightCase = (title: string, status: string, messages: string[] = []) => ({
  file: "console/board.spec.ts",
  title,
  tests: [{ status, results: messages.map((message) => ({ errors: message ? [{ message }] : [] })) }],
});
const playwrightReport = (specs: object[], errors: object[] = []) =>
  JSON.stringify({ suites: [{ title: "console/board.spec.ts", specs }], errors });

test("Vitest's passed cases are counted, failed ones named with what they said, skipped ones are in neither", () => {
  const cases = [
    vitestCase("holds", "passed"),
    vitestCase("breaks", "failed", ["first try", "\u001b[31mexpected 1 to be 2\u001b[39m"]),
    vitestCase("waits", "skipped"),
  ];
  expect(readVitestCases(JSON.stringify({ testResults: [vitestFile(cases, "failed")] }), root)).toEqual({
    passed: 1,
    failures: [{ name: "core/law.test.ts › a law › breaks", messages: ["first try", "expected 1 to be 2"] }],
    flaky: [],
  });
});

test("a case of Vitest that passed at the second try has passed, and is named as flaky", () => {
  const cases = [vitestCase("holds", "passed"), vitestCase("holds in the end", "passed", ["not at first"])];
  expect(readVitestCases(JSON.stringify({ testResults: [vitestFile(cases)] }), root)).toEqual({
    passed: 2,
    failures: [],
    flaky: ["core/law.test.ts › a law › holds in the end"],
  });
});

test("a test file that does not load is one failure", () => {
  const testResults = [vitestFile([], "failed", "no such module"), vitestFile([vitestCase("b", "failed")])];
  const { passed, failures } = readVitestCases(JSON.stringify({ testResults }), root);
  expect(passed).toBe(0);
  expect(failures).toEqual([
    { name: "core/law.test.ts", messages: ["no such module"] },
    { name: "core/law.test.ts › a law › b", messages: [] },
  ]);
});

test("Playwright's cases are read from suites in suites, and an error outside of them is a failure", () => {
  const report = JSON.stringify({
    suites: [
      {
        title: "console/board.spec.ts",
        specs: [playwrightCase("is drawn", "expected", [""]), playwrightCase("is for later", "skipped")],
        suites: [
          {
            title: "a viewer",
            specs: [playwrightCase("acts", "unexpected", ["one", "\u001b[2mtwo\u001b[22m"])],
          },
        ],
      },
    ],
    errors: [{ message: "setup" }],
  });
  expect(readPlaywrightCases(report)).toEqual({
    passed: 1,
    failures: [
      { name: "console/board.spec.ts › a viewer › acts", messages: ["one", "two"] },
      { name: "outside of all cases", messages: ["setup"] },
    ],
    flaky: [],
  });
});

test("a case of Playwright that passed at the second try has passed, and is named as flaky", () => {
  const report = playwrightReport([
    playwrightCase("is drawn", "expected", [""]),
    playwrightCase("is drawn late", "flaky", ["not yet", ""]),
  ]);
  expect(readPlaywrightCases(report)).toEqual({
    passed: 2,
    failures: [],
    flaky: ["console/board.spec.ts › is drawn late"],
  });
});
