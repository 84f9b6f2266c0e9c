import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureClasses } from "../failure/failure-class.ts";
import { jobStates } from "../job/job-state.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import { formatQuery } from "./format-query.ts";
import { jobConditionSchema, textFields } from "./job-condition.ts";
import type { QueryTerm } from "./job-query.ts";
import { parseQuery } from "./parse-query.ts";
import { toJobFilter } from "./to-job-filter.ts";

const anyText = fc
  .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
  .filter((text) => text.isWellFormed() && !text.includes("\0"));
const not = fc.option(fc.constant(true as const), { nil: undefined });
const some = <Value>(value: fc.Arbitrary<Value>) => fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
const plain = <Term extends object>(term: Term): Term =>
  Object.fromEntries(Object.entries(term).filter(([, value]) => value !== undefined)) as Term;
const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const name = fc.stringMatching(/^[a-z0-9*][a-z0-9._*-]{0,20}$/);
const number = fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String);
const attempts = fc.nat(1_000);

const term: fc.Arbitrary<QueryTerm> = fc
  .oneof(
    fc.record({ field: fc.constant("state" as const), not, anyOf: some(fc.constantFrom(...jobStates)) }),
    fc.record({
      field: fc.constant("priority" as const),
      not,
      anyOf: some(fc.constantFrom(...priorityClasses)),
    }),
    fc.record({ field: fc.constant("class" as const), not, anyOf: some(fc.constantFrom(...failureClasses)) }),
    fc.record({ field: fc.constantFrom("queue" as const, "definition" as const), not, anyOf: some(name) }),
    fc.record({ field: fc.constantFrom("id" as const, "worker" as const), not, anyOf: some(number) }),
    fc.record({
      field: fc.constantFrom(
        ...textFields.filter((each) => !["queue", "definition", "id", "worker"].includes(each)),
      ),
      not,
      anyOf: some(anyText),
    }),
    fc.record({
      field: fc.constant("payload" as const),
      not,
      path: fc.array(anyText, { minLength: 1, maxLength: 4 }),
      anyOf: fc.option(some(fc.oneof(anyText, fc.constantFrom("", "*", ">3", "1..2"))), { nil: undefined }),
    }),
    fc.record({
      field: fc.constant("payload" as const),
      not,
      path: fc.array(anyText, { minLength: 1, maxLength: 4 }),
      range: fc.oneof(
        figure.map((above) => ({ above })),
        figure.map((below) => ({ below })),
        figure.map((atMost) => ({ atMost })),
        figure.map((atLeast) => ({ atLeast })),
        fc.tuple(figure, figure).map(([a, b]) => ({ atLeast: Math.min(a, b), atMost: Math.max(a, b) })),
      ),
    }),
    fc.oneof(
      attempts.map((from) => ({ field: "attempt" as const, from })),
      attempts.map((to) => ({ field: "attempt" as const, to })),
      fc
        .tuple(attempts, attempts)
        .map(([a, b]) => ({ field: "attempt" as const, from: Math.min(a, b), to: Math.max(a, b) })),
    ),
    fc.record({
      field: fc.constantFrom("since" as const, "until" as const),
      atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    }),
    fc.record({
      field: fc.constantFrom("since" as const, "until" as const),
      agoMs: fc.integer({ min: 0, max: 315_360_000_000 }),
    }),
    fc.record({ field: fc.constant("words" as const), not, anyOf: anyText.map((text) => [text]) }),
  )
  .map(plain) as fc.Arbitrary<QueryTerm>;

describe("parseQuery", () => {
  it("reads back every query that formatQuery writes", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 8 }), (query) => {
        expect(parseQuery(formatQuery(query))).toEqual({ query, problems: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("of any text gives terms that a filter may hold, marks within the text, and never throws", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ maxLength: 12, unit: "binary" }),
        fc.constantFrom(
          "state:",
          "payload.",
          "-",
          '"',
          ",",
          ":",
          " ",
          ">",
          "..",
          "since:",
          "attempt:",
          "queue:a",
          "\\",
        ),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("");
        const { query, problems } = parseQuery(text);
        for (const condition of toJobFilter(query, 1e12).where ?? [])
          expect(jobConditionSchema.safeParse(condition).error).toBeUndefined();
        for (const { from, to, message, fixes } of problems) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(from).toBeLessThanOrEqual(to);
          expect(message).not.toBe("");
          for (const fix of fixes) expect(fix.to).toBeLessThanOrEqual(text.length);
        }
        // What makes sense is kept as it was understood.
        expect(parseQuery(formatQuery(query)).query).toEqual(query);
      }),
      { numRuns: 100 },
    );
  });

  it("understands every kind of term", () => {
    const text =
      'state:dead,retryable queue:billing definition:send-* payload.user.plan:pro payload."a.b".0:>5 -tag:x error:"socket hang up" attempt:>3 since:2h until:2026-11-20T10:00 "free words" -noise';
    expect(parseQuery(text)).toEqual({
      problems: [],
      query: [
        { field: "state", anyOf: ["dead", "retryable"] },
        { field: "queue", anyOf: ["billing"] },
        { field: "definition", anyOf: ["send-*"] },
        { field: "payload", path: ["user", "plan"], anyOf: ["pro"] },
        { field: "payload", path: ["a.b", "0"], range: { above: 5 } },
        { field: "tag", not: true, anyOf: ["x"] },
        { field: "error", anyOf: ["socket hang up"] },
        { field: "attempt", from: 4 },
        { field: "since", agoMs: 7_200_000 },
        { field: "until", atMs: Date.UTC(2026, 10, 20, 10) },
        { field: "words", anyOf: ["free words"] },
        { field: "words", not: true, anyOf: ["noise"] },
      ],
    });
  });

  it("marks a wrong field and offers the nearest", () => {
    expect(parseQuery("queue:a stat:dead")).toEqual({
      query: [{ field: "queue", anyOf: ["a"] }],
      problems: [
        {
          from: 8,
          to: 12,
          message: "There is no field 'stat'.",
          fixes: [
            { from: 8, to: 12, text: "state" },
            { from: 8, to: 17, text: '"stat:dead"' },
          ],
        },
      ],
    });
  });

  it("marks a wrong value and offers the nearest", () => {
    const { problems } = parseQuery("state:available,daed");
    expect(problems).toEqual([
      {
        from: 16,
        to: 20,
        message: expect.stringContaining("'daed' is none of"),
        fixes: [{ from: 16, to: 20, text: "dead" }],
      },
    ]);
  });

  it.each([
    ["state:", "needs a value"],
    ["tag:a,,b", "missing at the comma"],
    ["payload:x", "needs a path"],
    ["payload.a.:x", "needs a path"],
    ['error:"open', "quote is not closed"],
    ["since:yesterday", "not a time"],
    ["since:2026-02-30", "not a time"],
    ["attempt:>x", "not a number of attempts"],
    ["attempt:5..2", "not a number of attempts"],
    ["payload.n:5..2", "ends before it begins"],
    ["worker:abc", "not a number"],
    ["queue:Not/A/Name", "not a name"],
    ["-since:2h", "cannot be turned round"],
    ["state.x:dead", "has no path"],
    ['""', "nothing in the quotes"],
    ['error:"a"b', "after the closing quote"],
    ["tag:\u0000", "U+0000"],
    ["x".repeat(2_001), "longer than"],
  ])("says of %j what is wrong", (text, message) => {
    expect(parseQuery(text).problems[0]?.message).toContain(message);
  });
});
