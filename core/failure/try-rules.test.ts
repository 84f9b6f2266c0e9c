import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureClasses } from "./failure-class.ts";
import type { FailureRule } from "./failure-rule.ts";
import { type RecordedFailure, tryRules } from "./try-rules.ts";

const failure = (more: Partial<RecordedFailure["report"]>, fingerprint = "a"): RecordedFailure => ({
  jobId: "1",
  attempt: 1,
  fingerprint,
  definition: "bill",
  dependency: null,
  knownDependencies: [],
  report: { name: "Error", message: "nothing known of it", ...more },
});
const rule = (id: string, match: FailureRule["match"], failureClass: FailureRule["class"]): FailureRule => ({
  id,
  name: id,
  match,
  class: failureClass,
  origin: "data",
});

describe("trying rules", () => {
  const failures = [
    failure({ code: "E_FULL" }),
    failure({ code: "E_FULL" }, "b"),
    failure({ code: "E_FULL" }, "b"),
    failure({ code: "ECONNRESET" }, "c"),
  ];

  it("says which failures would change class, from what to what, with one sample a group", () => {
    const trial = tryRules(failures, [], [rule("full", { code: "E_FULL" }, "permanent")]);
    expect(trial).toMatchObject({ looked: 4, decided: [3] });
    expect(trial.changes).toHaveLength(1);
    expect(trial.changes[0]).toMatchObject({
      from: { class: "unknown", rule: null },
      to: { class: "permanent", origin: "data", rule: "full" },
      failures: 3,
    });
    expect(trial.changes[0]?.samples.map((sample) => sample.fingerprint)).toEqual(["a", "b"]);
  });

  it("counts nothing for a rule that another stands before", () => {
    const draft = [rule("one", { code: "E_FULL" }, "permanent"), rule("two", { code: "E_FULL" }, "bug")];
    expect(tryRules(failures, [], draft).decided).toEqual([3, 0]);
  });

  it("changes nothing when the draft is what is in force, whatever that is", () => {
    const rules = fc.array(
      fc.record({
        code: fc.constantFrom("E_FULL", "ECONNRESET", "X"),
        class: fc.constantFrom(...failureClasses),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(rules, (some) => {
        const same = some.map((each, at) => rule(`r${at}`, { code: each.code }, each.class));
        expect(tryRules(failures, same, same).changes).toEqual([]);
      }),
    );
  });
});
