import { describe, expect, it } from "vitest";
import { checkPattern, compilePattern } from "./compile-pattern.ts";

describe("compilePattern", () => {
  it("finds a pattern anywhere in the text", () => {
    expect(compilePattern("ledger \\d+")?.test("no such ledger 42 here")).toBe(true);
    expect(compilePattern("^ledger$")?.test("no such ledger")).toBe(false);
    expect(compilePattern("(?i)LEDGER")?.test("ledger")).toBe(true);
  });

  it.each([
    ["(", /missing closing \)/],
    ["a(?=b)", /At character 2 .*ahead/],
    ["x(?<!b)", /At character 2 .*behind/],
    ["(a)\\1", /At character 4 .*back to a group/],
    ["(?>a)", /At character 1 .*atomic/],
    ["a++", /At character 2 .*possessive/],
    ["[z-a]", /invalid character class range in z-a/],
    ["a{1001}", /invalid repeat count/],
    ["", /empty/],
    ["x".repeat(501), /at most 500/],
    ["((a{100}){100}){100}", /repeat/],
  ])("refuses %j and says why and where", (pattern, reason) => {
    expect(checkPattern(pattern)).toMatch(reason);
    expect(compilePattern(pattern)).toBeNull();
  });

  it("takes escaped and bracketed characters as they are", () => {
    for (const pattern of ["\\(\\?=", "[(?=]", "\\\\1", "[+]+", "\\d+"])
      expect(checkPattern(pattern)).toBeNull();
  });

  it("takes on 8 KiB time in proportion to the text, whatever the pattern", () => {
    const text = "a".repeat(8_192);
    for (const pattern of [
      "(a+)+$b",
      "(a|aa)+$b",
      "(.*)*x",
      "(a*)*b",
      "(x+x+)+y",
      "a{0,50}a{0,50}b",
      "(\\w+\\s?)*\\d$",
    ])
      expect(compilePattern(pattern)?.test(text)).toBe(false);
  });
});
