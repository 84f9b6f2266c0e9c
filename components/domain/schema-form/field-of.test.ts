import { expect, it } from "vitest";
import { z } from "zod";
import { fieldOf } from "./field-of.ts";
import type { JsonSchema } from "./json-schema.ts";

const of = (schema: JsonSchema, root = schema) => fieldOf(schema, root);

it.each([
  [{ type: "string" }, { kind: "string", long: false, format: null }],
  [
    { type: "string", maxLength: 5_000 },
    { kind: "string", long: true, format: null },
  ],
  [{ type: "integer" }, { kind: "number", whole: true }],
  [{ type: "boolean" }, { kind: "boolean" }],
  [{ enum: ["a", "b"] }, { kind: "choice", options: ["a", "b"] }],
  [{ const: 3 }, { kind: "choice", options: [3] }],
  [
    { type: "array", items: { type: "string" } },
    { kind: "array", items: { type: "string" } },
  ],
  [{ type: "array" }, { kind: "json" }],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, { kind: "json" }],
  [{ type: "object", if: {}, properties: {} }, { kind: "json" }],
  [true, { kind: "json" }],
] as [JsonSchema, object][])("%j is the field %j", (schema, kind) => {
  expect(of(schema).kind).toEqual(kind);
});

it("null as an alternative makes a field nullable, by type or by union", () => {
  expect(of({ type: ["string", "null"] })).toMatchObject({ nullable: true, kind: { kind: "string" } });
  expect(of({ anyOf: [{ type: "number" }, { type: "null" }] })).toMatchObject({
    nullable: true,
    kind: { kind: "number" },
  });
});

it("references into the schema are followed, and a circle of them is left to JSON", () => {
  const root: JsonSchema = { $defs: { "a/b": { type: "boolean" }, loop: { $ref: "#/$defs/loop" } } };
  expect(of({ $ref: "#/$defs/a~1b" }, root).kind).toEqual({ kind: "boolean" });
  expect(of({ $ref: "#/$defs/loop" }, root).kind).toEqual({ kind: "json" });
  expect(of({ $ref: "https://example.com/x" }, root).kind).toEqual({ kind: "json" });
});

it("draws what zod writes: members in their order, the optional ones as such", () => {
  const schema = z.toJSONSchema(z.object({ id: z.string(), note: z.string().nullable().optional() }));
  const { kind } = of(schema as JsonSchema);
  expect(kind).toMatchObject({
    kind: "object",
    properties: [
      { name: "id", required: true },
      { name: "note", required: false },
    ],
  });
});
