import { describe, expect, it } from "vitest";
import { incompatibleChanges } from "./schema-change.ts";

const order = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string", maxLength: 20 },
    currency: { enum: ["EUR", "SEK"] },
    lines: { type: "array", items: { type: "object", properties: { count: { type: "number" } } } },
  },
};
const withFields = (properties: object) => ({ ...order, properties: { ...order.properties, ...properties } });

describe("an input schema still accepts what it did when", () => {
  it.each([
    ["nothing changed", order],
    ["everything is accepted", true],
    ["a field is no longer required", { ...order, required: [] }],
    ["an enum grew", withFields({ currency: { enum: ["EUR", "SEK", "GBP"] } })],
    ["a bound is wider", withFields({ id: { type: "string", maxLength: 40 } })],
    ["an optional field is named for the first time", withFields({ note: { type: "string" } })],
    ["one more type is taken", withFields({ id: { type: ["string", "number"], maxLength: 20 } })],
  ])("%s", (_name, after) => expect(incompatibleChanges(order, after)).toEqual([]));
});

describe("an input schema may refuse what it accepted when", () => {
  it.each([
    ["a field is now required", { ...order, required: ["id", "currency"] }, "/currency", "is now required"],
    [
      "an enum lost a value",
      withFields({ currency: { enum: ["EUR"] } }),
      "/currency",
      'no longer takes "SEK"',
    ],
    ["a type changed", withFields({ id: { type: "integer" } }), "/id", "no longer takes string"],
    [
      "a bound is tighter",
      withFields({ id: { type: "string", maxLength: 10 } }),
      "/id",
      "maxLength was 20 and is 10",
    ],
    [
      "a pattern is new",
      withFields({ id: { ...order.properties.id, pattern: "^a" } }),
      "/id",
      "pattern is new",
    ],
    [
      "unnamed fields are closed off",
      { ...order, additionalProperties: false },
      "",
      "no longer takes fields that are not named",
    ],
    [
      "an entry of a list is narrower",
      withFields({
        lines: { type: "array", items: { type: "object", properties: { count: { type: "integer" } } } },
      }),
      "/lines/*/count",
      "no longer takes number",
    ],
  ])("%s", (_name, after, path, message) =>
    expect(incompatibleChanges(order, after)).toEqual([{ path, message }]),
  );

  it("it was open to everything and is not any more", () => {
    expect(incompatibleChanges(true, { type: "object" })).toEqual([
      { path: "", message: "takes only object" },
    ]);
  });
});
