import { expect, test } from "vitest";
import { formatLogLine } from "./format-log-line.ts";

test("a line of a log becomes time, sender, mark, sentence and facts", () => {
  const line =
    '{"level":40,"time":"2026-01-31T12:00:01.500Z","component":"worker","job":"42","error":"it broke","msg":"trying again"}';
  expect(formatLogLine("worker", line)).toBe('12:00:01 worker     ! trying again  job=42  error="it broke"');
});

test("a line of anything else is passed on with its sender", () => {
  expect(formatLogLine("web", "Error: no")).toBe("         web          Error: no");
  expect(formatLogLine("web", '{"a":')).toContain('web          {"a":');
});
