import { describe, expect, it } from "vitest";
import { retryWords } from "./retry-words.ts";

describe("the words of retries", () => {
  it("tell small chances apart and never call one nothing", () => {
    const told = [0, 0.000001, 0.0056, 0.0199, 0.0994, 0.0996, 0.46, 0.9999, 1].map(retryWords.chance);
    expect(told).toEqual(["0 %", "<0.1 %", "0.6 %", "2 %", "9.9 %", "10 %", "46 %", "99 %", "100 %"]);
  });

  it("say of an effect what it gains and what it costs", () => {
    const effect = { jobs: 300, gained: 1, lost: 2, attemptsBefore: 1_000, attemptsAfter: 1_200 };
    expect(retryWords.sayEffect(effect)).toBe(
      "Replayed on 300 jobs of this record: 1 job that died recovers, 2 jobs that recovered die, with 200 more attempts (1,200 after 1,000).",
    );
    expect(retryWords.sayEffect({ ...effect, gained: 0, lost: 0, attemptsAfter: 1_000 })).toBe(
      "Replayed on 300 jobs of this record: every job ends as before, with as many attempts (1,000 after 1,000).",
    );
  });
});
