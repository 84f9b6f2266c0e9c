import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FailureRule } from "./failure-rule.ts";
import { findShadowedRules } from "./find-shadowed-rules.ts";
import { matchOperatorRule } from "./match-operator-rule.ts";

const match = fc
  .record(
    {
      code: fc.constantFrom("A", "B"),
      httpStatus: fc.constantFrom(404, 503),
      dependency: fc.constantFrom("mail", "bank"),
      messagePattern: fc.constantFrom("gone", "full"),
    },
    { requiredKeys: [] },
  )
  .filter((each) => Object.keys(each).length > 0);
const toRules = (matches: FailureRule["match"][]): FailureRule[] =>
  matches.map((each, at) => ({
    id: `r${at}`,
    name: `r${at}`,
    match: each,
    class: "transient",
    origin: "code",
  }));

describe("a shadowed rule", () => {
  it("is one whose conditions include all of an earlier rule's, and names the first such", () => {
    const rules = toRules([
      { code: "A" },
      { httpStatus: 503 },
      { code: "A", httpStatus: 503 },
      { code: "B" },
    ]);
    expect(findShadowedRules(rules)).toEqual([{ rule: 2, by: 0 }]);
    expect(findShadowedRules(toRules([{ code: "A", httpStatus: 503 }, { code: "A" }]))).toEqual([]);
    expect(findShadowedRules(toRules([{ code: "A" }, { code: "A" }]))).toEqual([{ rule: 1, by: 0 }]);
  });

  it("never decides, whatever fails", () => {
    const evidence = fc.record({
      name: fc.constant("Error"),
      message: fc.constantFrom("gone", "full", "gone and full", ""),
      words: fc.constant(""),
      codes: fc.subarray(["A", "B"]),
      httpStatus: fc.constantFrom(404, 503, null),
      body: fc.constant(false),
    });
    const facts = fc.record({
      layers: fc.array(evidence, { minLength: 1, maxLength: 3 }),
      dependency: fc.constantFrom("mail", "bank", null),
      definition: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(match, { maxLength: 6 }), fc.array(facts, { maxLength: 8 }), (matches, all) => {
        const rules = toRules(matches);
        const shadowed = new Set(findShadowedRules(rules).map(({ rule }) => `r${rule}`));
        for (const each of all) {
          const decided = matchOperatorRule(rules, each);
          if (decided !== null) expect(shadowed.has(decided.id)).toBe(false);
        }
      }),
    );
  });
});
