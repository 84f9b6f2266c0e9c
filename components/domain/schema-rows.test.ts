import { describe, expect, it } from "vitest";
import { schemaRows } from "./schema-rows.ts";

describe("a schema as a tree of fields", () => {
  it("says of each its place, type, whether it is required, and its bounds in words", () => {
    const rows = schemaRows({
      type: "object",
      required: ["id", "lines"],
      additionalProperties: false,
      properties: {
        id: { type: "string", minLength: 1, maxLength: 20, description: "of the order" },
        currency: { enum: ["EUR", "SEK"] },
        lines: {
          type: "array",
          maxItems: 5,
          items: {
            type: "object",
            properties: { count: { type: "integer", minimum: 1, maximum: 2 ** 53 - 1 } },
          },
        },
      },
    });
    expect(
      rows.map(({ depth, name, type, required, rules }) => [depth, name, type, required, rules]),
    ).toEqual([
      [0, "", "object", true, ["no other fields"]],
      [1, "id", "string", true, ["1…20 characters"]],
      [1, "currency", "one of a list", false, ['one of "EUR", "SEK"']],
      [1, "lines", "array of object", true, ["at most 5 entries"]],
      [2, "each", "object", true, []],
      [3, "count", "integer", false, ["at least 1"]],
    ]);
    expect(rows[1]?.about).toBe("of the order");
  });

  it("names what it cannot say in a line, and bears any value", () => {
    expect(schemaRows({ oneOf: [{}], pattern: "^a" })[0]?.rules).toEqual(["oneOf", "pattern ^a"]);
    expect(schemaRows(true)).toMatchObject([{ type: "any" }]);
    expect(schemaRows(null)).toMatchObject([{ type: "any" }]);
  });

  it("ends at a depth and a length that can still be read", () => {
    let deep: object = { type: "string" };
    for (let level = 0; level < 10_000; level++) deep = { properties: { a: deep } };
    expect(schemaRows(deep)).toHaveLength(13);
    const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, {}]));
    expect(schemaRows({ properties: wide })).toHaveLength(500);
  });
});
