import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenSchema, SchemaValidator } from "./schema-validator.ts";

const validator = new SchemaValidator();
const paths = (schema: object | boolean, value: unknown) =>
  validator.check(schema, value).map(({ path }) => path);

describe("checking a value", () => {
  it("finds nothing wrong with what fits, and anything fits true", () => {
    expect(validator.check(true, { any: "thing" })).toEqual([]);
    expect(validator.check({ type: "object", properties: { n: { type: "integer" } } }, { n: 1 })).toEqual([]);
    expect(validator.check(false, 1)).toHaveLength(1);
  });

  it("names each place as a JSON pointer, with / and ~ escaped", () => {
    const schema = {
      type: "object",
      required: ["a/b"],
      additionalProperties: false,
      properties: {
        "a/b": {},
        list: { type: "array", items: { type: "string" } },
        kind: { enum: ["x", "y"] },
      },
    };
    expect(paths(schema, { list: ["ok", 2], "t~x": 1, kind: "z" }).sort()).toEqual([
      "/a~1b",
      "/kind",
      "/list/1",
      "/t~0x",
    ]);
    expect(validator.check(schema, { "a/b": 1, kind: "z" })[0]?.message).toContain("x, y");
  });

  it("tells at most 20 mistakes of one value", () => {
    const schema = { type: "array", items: { type: "string" } };
    expect(
      validator.check(
        schema,
        Array.from({ length: 500 }, () => 1),
      ),
    ).toHaveLength(20);
  });

  it("knows the formats of JSON Schema", () => {
    const schema = {
      type: "object",
      properties: { at: { type: "string", format: "date-time" }, mail: { type: "string", format: "email" } },
    };
    expect(paths(schema, { at: "2026-01-01T00:00:00Z", mail: "a@b.example" })).toEqual([]);
    expect(paths(schema, { at: "tomorrow", mail: "nobody" })).toEqual(["/at", "/mail"]);
  });

  it("keeps schemas with the same $id apart", () => {
    const [text, number] = ["string", "number"].map((type) => ({ $id: "https://x.example/s", type })) as [
      object,
      object,
    ];
    expect(
      [paths(text, "a"), paths(number, 1), paths(text, 1), paths(number, "a")].map((found) => found.length),
    ).toEqual([0, 0, 1, 1]);
  });

  it("is right for each schema still when more were compiled than are kept, and for new objects of the same schema", () => {
    const small = new SchemaValidator(3);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }), (checks) => {
        for (const [of, value] of checks)
          expect(small.check({ const: of }, value).length).toBe(of === value ? 0 : 1);
      }),
      { numRuns: 10 },
    );
  });

  it("tries a hostile pattern in linear time, and refuses one that cannot be", () => {
    const schema = { type: "string", pattern: "^(a+)+$" };
    expect(validator.check(schema, `${"a".repeat(100_000)}!`)).toHaveLength(1);
    expect(brokenSchema({ type: "string", pattern: "(?=a)b" })).toMatch(/./);
  });
});

describe("a schema", () => {
  it("is usable, or it is said why not, whatever it is", () => {
    expect(brokenSchema({ type: "object" })).toBeNull();
    expect(brokenSchema(true)).toBeNull();
    for (const broken of [
      { type: "thing" },
      { $ref: "#/nowhere" },
      { minimum: "x" },
      { pattern: "(" },
      { $ref: "https://x.example/other.json" },
    ])
      expect(brokenSchema(broken)).toMatch(/./);
    fc.assert(
      fc.property(fc.object(), (schema) => {
        const answer = brokenSchema(schema);
        expect(answer === null || answer.length > 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
