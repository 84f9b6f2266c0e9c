import { z } from "zod";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Shape {
  type?: string;
  const?: Json;
  enum?: Json[];
  default?: Json;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  format?: string;
  propertyNames?: Shape;
  additionalProperties?: Shape | boolean;
}

/** Texts for the patterns that inputs have; the first that fits is taken. */
const texts = [
  "1",
  "a",
  "name",
  "a@b",
  "A".repeat(43),
  "2026-01-01T00:00:00.000Z",
  "0".repeat(16),
  "0".repeat(32),
  "/a",
  "tok_a",
];

/**
 * The least input that a schema accepts, made from the schema itself. Undefined for a procedure without input. Throws
 * when it cannot make one: then {@link texts} needs one for the pattern, or the caller a sample of its own.
 */
export function sampleInput(schema: z.ZodType | undefined): Json | undefined {
  if (schema === undefined) return undefined;
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  const sample = build(shape);
  const { error } = schema.safeParse(sample);
  if (error) throw new Error(`no sample: ${JSON.stringify(sample)}: ${error.message}`);
  return sample;
}

function build(shape: Shape): Json {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum?.[0] !== undefined) return shape.enum[0];
  const [first] = shape.anyOf ?? shape.oneOf ?? [];
  if (first) return build(first);
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map(build));
  switch (shape.type) {
    case "object": {
      const keys = shape.required ?? [];
      return Object.fromEntries(keys.map((key) => [key, build(shape.properties?.[key] ?? {})]));
    }
    case "array":
      return Array.from({ length: shape.minItems ?? 0 }, () => build(shape.items ?? {}));
    case "number":
    case "integer":
      return Math.max(shape.minimum ?? 0, (shape.exclusiveMinimum ?? -1) + 1);
    case "boolean":
      return true;
    case "null":
      return null;
    case "string": {
      const pattern = shape.pattern === undefined ? null : new RegExp(shape.pattern, "u");
      const least = shape.minLength ?? 0;
      return texts.find((text) => text.length >= least && (pattern?.test(text) ?? true)) ?? "x".repeat(least);
    }
    default:
      return "1";
  }
}
