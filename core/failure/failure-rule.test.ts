import { describe, expect, it } from "vitest";
import { failureRulesSchema } from "./failure-rule.ts";

const good = { match: { errorName: "LedgerError" }, class: "permanent", origin: "data" };
const problems = (rules: unknown) =>
  failureRulesSchema
    .safeParse(rules)
    .error?.issues.map(({ path, message }) => `${path.join("/")}: ${message}`);

describe("failureRulesSchema", () => {
  it("gives a rule without id or name its place and its conditions", () => {
    expect(failureRulesSchema.parse([good, { ...good, id: "mine", name: "Mine" }])).toMatchObject([
      { id: "rule-1", name: "errorName LedgerError" },
      { id: "mine", name: "Mine" },
    ]);
  });

  it("takes a code that is a number as text", () => {
    expect(failureRulesSchema.parse([{ ...good, match: { code: 11_000 } }])[0]?.match.code).toBe("11000");
  });

  it.each([
    [
      "no condition",
      [{ ...good, match: {} }],
      "0/match: A rule needs at least one condition; one without any would take every failure.",
    ],
    [
      "an empty condition",
      [{ ...good, match: { code: "" } }],
      "0/match/code: code may not be empty; leave it out to match anything.",
    ],
    [
      "a status out of range",
      [{ ...good, match: { httpStatus: 99 } }],
      "0/match/httpStatus: httpStatus is at least 100.",
    ],
    ["an unknown class", [{ ...good, class: "meh" }], "0/class: class is one of transient, timeout"],
    [
      "an unknown origin",
      [{ ...good, origin: "moon" }],
      "0/origin: origin is one of environment, data, third-party, code.",
    ],
    [
      "a link that is no web address",
      [{ ...good, runbookUrl: "javascript:alert(1)" }],
      "0/runbookUrl: runbookUrl starts with http:// or https://.",
    ],
    [
      "a pattern that looks ahead",
      [{ ...good, match: { messagePattern: "a(?=b)" } }],
      "0/match/messagePattern: At character 2 the pattern looks ahead or behind",
    ],
    [
      "an unknown condition",
      [{ ...good, match: { errorNme: "x" } }],
      "0/match: A rule does not match on errorNme",
    ],
    [
      "the id of another rule",
      [
        { ...good, id: "a" },
        { ...good, id: "a" },
      ],
      "1/id: Rule 2 has the id of rule 1: a.",
    ],
    ["too many", Array.from({ length: 201 }, () => good), ": There are more than 200 rules."],
    ["no list", "x", ": rules is a list of rules."],
  ])("refuses %s", (_what, rules, message) => {
    expect(problems(rules)?.join("\n")).toContain(message);
  });
});
