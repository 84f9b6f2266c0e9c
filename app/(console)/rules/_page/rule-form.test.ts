import { describe, expect, it } from "vitest";
import { checkPattern } from "#core/failure/compile-pattern.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { checkForm, toForm, toRule } from "./rule-form.ts";

const rule: FailureRule = {
  id: "full",
  name: "Full box",
  match: { httpStatus: 507, messagePattern: "(?i)box is full", dependency: "mail" },
  class: "permanent",
  origin: "data",
  remediation: "Ask for another address.",
  runbookUrl: null,
};

describe("the form of a rule", () => {
  it("gives back the rule that it was filled with", () => {
    expect(toRule(toForm(rule))).toEqual(rule);
    expect(checkForm(toForm(rule), checkPattern)).toEqual({});
  });

  it("names what is wrong field by field", () => {
    const form = toForm({
      ...rule,
      name: " ",
      match: { messagePattern: "(?=x)" },
      runbookUrl: "javascript:x",
    });
    const wrong = checkForm({ ...form, match: { ...form.match, httpStatus: "99" } }, checkPattern);
    expect(wrong).toMatchObject({
      name: expect.any(String),
      httpStatus: expect.any(String),
      messagePattern: expect.stringContaining("linear"),
      runbookUrl: expect.any(String),
    });
    const empty = toForm({ ...rule, match: {} });
    expect(checkForm(empty, checkPattern)).toEqual({ conditions: expect.any(String) });
  });
});
