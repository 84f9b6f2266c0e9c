import { expect, test } from "vitest";
import { checkFallback } from "./check-fallback.ts";
import { definitionSchema } from "./definition.ts";

const of = (more: Record<string, unknown> = {}) =>
  definitionSchema.parse({ queue: "q", inputSchema: true, ...more });
const to = (definition: string, more: Record<string, unknown> = {}) =>
  of({ dependencies: ["bank"], fallback: { definition }, ...more });
const check = (spec: ReturnType<typeof of>, known: Record<string, ReturnType<typeof of>> = {}) =>
  checkFallback("charge", spec, new Map(Object.entries(known)));

test("an alternate that calls something else is taken without a word", () => {
  expect(check(to("backup"), { backup: of({ dependencies: ["mail"] }) })).toEqual({
    errors: [],
    warnings: [],
  });
});

test.each([
  ["itself", "charge", {}, "must be another definition than itself"],
  ["one that is not there", "nobody", {}, "there is no definition nobody: write it first"],
  [
    "one that leads back to it",
    "a",
    { a: to("b"), b: to("charge") },
    "leads back to itself: charge → a → b → charge",
  ],
  [
    "one that calls the same dependency",
    "backup",
    { backup: of({ dependencies: ["mail", "bank"] }) },
    "backup calls bank too, whose breaker would hold both: name one that does not",
  ],
])("an alternate that is %s is refused by its field", (_, alternate, known, message) => {
  expect(check(to(alternate, {}), known).errors).toEqual([{ path: "/fallback/definition", message }]);
});

test("a circle of others does not hang the check", () => {
  const apart = { fallback: { definition: "a" }, dependencies: ["x"] };
  expect(check(to("a"), { a: of({ ...apart, fallback: { definition: "b" } }), b: of(apart) }).errors).toEqual(
    [],
  );
});

test("an alternate that may refuse its payloads is a warning that names the places", () => {
  const narrow = of({ inputSchema: { type: "object", required: ["amount"] } });
  expect(check(to("backup", { inputSchema: { type: "object" } }), { backup: narrow }).warnings).toEqual([
    "backup may refuse payloads of it, which then stay held: /amount is now required",
  ]);
});

test("a fallback of a definition that calls nothing is a warning: no breaker ever holds it", () => {
  const warnings = ["it names no dependency, so its fallback is never used"];
  expect(check(of({ fallback: { result: "cached", maxAgeMs: 60_000 } })).warnings).toEqual(warnings);
  expect(check(of({ fallback: { definition: "backup" } }), { backup: of() }).warnings).toEqual(warnings);
});

test.each([
  [{}, "", 'must name either a definition, or result "cached" with maxAgeMs'],
  [
    { definition: "backup", result: "cached", maxAgeMs: 1_000 },
    "",
    'must name either a definition, or result "cached" with maxAgeMs',
  ],
  [{ result: "cached" }, "maxAgeMs", "is required with a cached result: how old it may be, ms"],
  [{ definition: "backup", maxAgeMs: 1_000 }, "maxAgeMs", "is for cached results only: remove it"],
  [{ result: "kept", maxAgeMs: 1_000 }, "result", 'must be "cached"'],
])("a fallback that says nothing, or both, is refused where it is wrong: %j", (fallback, path, message) => {
  const parsed = definitionSchema.safeParse({ queue: "q", inputSchema: true, fallback });
  const issues = parsed.error?.issues.map((issue) => ({
    path: issue.path.join("/"),
    message: issue.message,
  }));
  expect(issues).toContainEqual({ path: path === "" ? "fallback" : `fallback/${path}`, message });
});
