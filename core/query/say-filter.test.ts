import { describe, expect, it } from "vitest";
import { parseQuery } from "./parse-query.ts";
import { sayFilter } from "./say-filter.ts";
import { toJobFilter } from "./to-job-filter.ts";

const said = (text: string) => sayFilter(toJobFilter(parseQuery(text).query, Date.UTC(2026, 10, 20, 12)));

describe("sayFilter", () => {
  it.each([
    ["", "all jobs"],
    ["state:dead queue:billing error:ECONNRESET", "dead jobs of queue billing whose error is ECONNRESET"],
    ["queue:a,b -state:completed", "jobs of queue a or b that are not completed"],
    ["state:dead,held,retryable", "dead, held or retryable jobs"],
    ["since:2h payload.n:>5", "jobs submitted since 2026-11-20 10:00:00 UTC whose payload n is above 5"],
    ['attempt:>3 -tag:x "two words"', "jobs at attempt 4 or later not tagged x, with the words 'two words'"],
    ["-payload.a:*", "jobs without payload a"],
    ["concurrency:tenant-42 state:held", "held jobs of concurrency key tenant-42"],
  ])("says %j", (text, words) => {
    expect(said(text)).toBe(words);
  });

  it("says the short keys of a filter as well as its conditions", () => {
    expect(
      sayFilter({ states: ["dead"], failureGroup: "f1", where: [{ field: "tag", anyOf: ["vip"] }] }),
    ).toBe("dead jobs of failure group f1 tagged vip");
  });
});
