import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { mergeRules } from "./merge-rules.ts";

const rule = (id: string, name = id): FailureRule => ({
  id,
  name,
  match: { code: id },
  class: "bug",
  origin: "code",
});
const base = [rule("a"), rule("b"), rule("c")];
const ids = (rules: FailureRule[]) => rules.map((each) => each.id).join("");

describe("two editors of the rules", () => {
  it("keep what each of them did where they did different things", () => {
    const mine = [rule("a"), rule("x"), rule("b", "mine"), rule("c")];
    const theirs = [rule("a", "theirs"), rule("c"), rule("y")];
    const merged = mergeRules(base, mine, theirs);
    // Theirs removed b, which I changed: mine stands.
    expect(ids(merged)).toBe("axbcy");
    expect(merged.find((each) => each.id === "a")?.name).toBe("theirs");
    expect(merged.find((each) => each.id === "b")?.name).toBe("mine");
  });

  it("lose a rule that either removed and the other left alone, and keep the order of who moved", () => {
    expect(ids(mergeRules(base, [rule("a"), rule("c")], base))).toBe("ac");
    expect(ids(mergeRules(base, base, [rule("a"), rule("c")]))).toBe("ac");
    expect(ids(mergeRules(base, [rule("c"), rule("a"), rule("b")], [...base, rule("y")]))).toBe("caby");
    expect(ids(mergeRules(base, base, [rule("c"), rule("b"), rule("a")]))).toBe("cba");
  });

  it("get back their own edit when the other did nothing, and never a rule twice", () => {
    const some = fc
      .uniqueArray(fc.constantFrom("a", "b", "c", "x", "y"), { maxLength: 5 })
      .chain((all) => fc.tuple(...all.map((id) => fc.constantFrom(rule(id), rule(id, "other")))));
    fc.assert(
      fc.property(some, some, (mine, theirs) => {
        expect(mergeRules(base, base, theirs)).toEqual(theirs);
        const merged = mergeRules(base, mine, theirs);
        expect(new Set(merged.map((each) => each.id)).size).toBe(merged.length);
        expect(new Set(mergeRules(base, mine, base))).toEqual(new Set(mine));
      }),
    );
  });
});
