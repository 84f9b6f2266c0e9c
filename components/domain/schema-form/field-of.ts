import type { JsonSchema } from "./json-schema.ts";

/** What a schema asks for, as far as a form can draw it. `json` is everything else: a box of JSON text. */
export type FieldKind =
  | { kind: "string"; long: boolean; format: string | null }
  | { kind: "number"; whole: boolean }
  | { kind: "boolean" }
  | { kind: "choice"; options: readonly (string | number | boolean)[] }
  | { kind: "object"; properties: readonly ObjectProperty[] }
  | { kind: "array"; items: JsonSchema }
  | { kind: "json" };

export interface ObjectProperty {
  name: string;
  schema: JsonSchema;
  required: boolean;
}

export interface Field {
  kind: FieldKind;
  nullable: boolean;
  title: string | null;
  description: string | null;
}

/** A text that may be longer than this gets a box of several lines. */
const longText = 200;
/** `$ref`s followed in a row before it is taken for a circle. */
const maxHops = 20;

type Keywords = { readonly [keyword: string]: unknown };

/**
 * What kind of field stands for a schema. `root` is where `#/…` references point into. Null as one of two
 * alternatives (`type: ["string", "null"]`, `anyOf` with `{type: "null"}`) makes a field nullable; other unions,
 * conditions and tuples are `json`.
 */
export function fieldOf(schema: JsonSchema, root: JsonSchema): Field {
  const resolved = resolve(schema, root);
  if (typeof resolved === "boolean") return plain({ kind: "json" });
  const title = textOf(resolved.title);
  const description = textOf(resolved.description);
  const union = (resolved.anyOf ?? resolved.oneOf) as unknown;
  if (Array.isArray(union)) {
    const others = union.filter((one) => !isNull(one));
    if (others.length !== 1) return { kind: { kind: "json" }, nullable: false, title, description };
    const inner = fieldOf(others[0] as JsonSchema, root);
    return {
      ...inner,
      nullable: inner.nullable || others.length < union.length,
      title: title ?? inner.title,
      description: description ?? inner.description,
    };
  }
  const { types, nullable } = typesOf(resolved);
  return { kind: kindOf(resolved, types), nullable, title, description };
}

function plain(kind: FieldKind): Field {
  return { kind, nullable: false, title: null, description: null };
}

function kindOf(schema: Keywords, types: readonly string[]): FieldKind {
  if (["allOf", "not", "if", "prefixItems", "patternProperties"].some((word) => word in schema))
    return { kind: "json" };
  if ("const" in schema && isScalar(schema.const)) return { kind: "choice", options: [schema.const] };
  if (Array.isArray(schema.enum)) {
    const options = schema.enum.filter((one) => one !== null);
    return options.every(isScalar) ? { kind: "choice", options } : { kind: "json" };
  }
  const type = types.length === 1 ? types[0] : undefined;
  if (type === "string") {
    const { maxLength, format } = schema;
    return {
      kind: "string",
      long: typeof maxLength === "number" && maxLength > longText,
      format: textOf(format),
    };
  }
  if (type === "number" || type === "integer") return { kind: "number", whole: type === "integer" };
  if (type === "boolean") return { kind: "boolean" };
  if (type === "array" && isSchema(schema.items)) return { kind: "array", items: schema.items };
  if (type === "object" && isKeywords(schema.properties)) {
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    const properties = Object.entries(schema.properties)
      .filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
      .map(([name, property]) => ({ name, schema: property, required: required.has(name) }));
    return { kind: "object", properties };
  }
  return { kind: "json" };
}

function typesOf({ type }: Keywords): { types: string[]; nullable: boolean } {
  const named = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  return { types: named.filter((one) => one !== "null"), nullable: named.includes("null") };
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let hop = 0; hop < maxHops; hop++) {
    if (typeof current === "boolean" || typeof current.$ref !== "string") return current;
    const target = current.$ref.startsWith("#") ? pointed(root, current.$ref.slice(1)) : undefined;
    if (!isSchema(target)) return true;
    current = target;
  }
  return true;
}

function pointed(root: unknown, pointer: string): unknown {
  let at = root;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, name)) return undefined;
    at = (at as Keywords)[name];
  }
  return at;
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isKeywords(value);
}

function isNull(value: unknown): boolean {
  return isKeywords(value) && value.type === "null";
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
