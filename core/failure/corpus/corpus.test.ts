import { describe, expect, it } from "vitest";
import { classifyFailure } from "../classify-failure.ts";
import { allFailureCases } from "./all-failure-cases.ts";

describe("errors as met in the wild", () => {
  it("number at least 400", () => {
    expect(Object.values(allFailureCases).flat().length).toBeGreaterThanOrEqual(400);
  });

  for (const [family, cases] of Object.entries(allFailureCases))
    describe(family, () => {
      for (const [index, one] of cases.entries()) {
        const { name, code, httpStatus, message } = one.report;
        const what = [name, code, httpStatus, message.slice(0, 60)].filter(Boolean).join(" ");
        it(`${index + 1}. ${what} is ${one.class} from ${one.origin}`, () => {
          const { dependency, knownDependencies } = one;
          const answer = classifyFailure(one.report, { rules: [], dependency, knownDependencies });
          expect({ class: answer.class, origin: answer.origin, rule: answer.rule }).toMatchObject({
            class: one.class,
            origin: one.origin,
          });
        });
      }
    });
});
