import type { FieldError } from "../error.ts";

type Schema = Record<string, unknown>;
const deepest = 30;
const lowerBounds = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"] as const;
const upperBounds = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"] as const;
/** Words of JSON Schema whose change is not followed in detail: any difference may refuse what was accepted. */
const opaque = [
  "allOf",
  "anyOf",
  "contains",
  "dependentRequired",
  "dependentSchemas",
  "else",
  "format",
  "if",
  "multipleOf",
  "not",
  "oneOf",
  "pattern",
  "patternProperties",
  "prefixItems",
  "propertyNames",
  "then",
  "uniqueItems",
  "$ref",
] as const;

/**
 * Where a new input schema may refuse a payload that the old one accepts: a field now required, a type or an enum
 * narrowed, a bound tightened, a field closed off. `path` points into the payload. Errs on the side of warning: words
 * that it does not follow (combinations, patterns, references) count as narrowed when they differ. An optional field named
 * for the first time is taken for new: nobody is known to send it.
 */
export function incompatibleChanges(before: unknown, after: unknown): FieldError[] {
  const found: FieldError[] = [];
  compare(before, after, "", found, 0);
  return found;
}

function compare(before: unknown, after: unknown, path: string, found: FieldError[], depth: number): void {
  if (after === true || isEmpty(after)) return;
  const say = (message: string) => found.push({ path, message });
  if (after === false) return void (before === false || say("accepts nothing any more"));
  const next = after as Schema;
  const old: Schema = isSchema(before) ? before : {};
  if (depth > deepest) return void (same(old, next) || say("changed deeper than is looked"));
  const gone = lostTypes(old, next);
  if (gone !== null) say(gone);
  for (const word of opaque)
    if (next[word] !== undefined && !same(old[word], next[word]))
      say(`${word} is ${old[word] === undefined ? "new" : "different"}`);
  if (next.const !== undefined && !same(old.const, next.const)) say("takes one value only");
  if (Array.isArray(next.enum)) {
    const values = Array.isArray(old.enum) ? old.enum : null;
    const missing = values?.filter((value) => !(next.enum as unknown[]).some((other) => same(value, other)));
    if (values === null) say("takes only the values of a list");
    else if (missing && missing.length > 0) say(`no longer takes ${missing.map(show).join(", ")}`);
  }
  for (const word of lowerBounds) bound(word, old, next, say, (was, is) => is > was);
  for (const word of upperBounds) bound(word, old, next, say, (was, is) => is < was);
  compareFields(old, next, path, found, depth);
  if (isSchema(next.items) || next.items === false)
    compare(old.items ?? true, next.items, `${path}/*`, found, depth + 1);
}

function compareFields(old: Schema, next: Schema, path: string, found: FieldError[], depth: number): void {
  const required = new Set(list(old.required));
  for (const name of list(next.required))
    if (!required.has(name)) found.push({ path: `${path}/${name}`, message: "is now required" });
  const oldFields = isSchema(old.properties) ? old.properties : {};
  const nextFields = isSchema(next.properties) ? next.properties : {};
  const closed = next.additionalProperties === false;
  if (closed && old.additionalProperties !== false)
    found.push({ path, message: "no longer takes fields that are not named" });
  for (const name of new Set([...Object.keys(oldFields), ...Object.keys(nextFields)])) {
    const isNew = !Object.hasOwn(oldFields, name);
    if (isNew && isSchema(old.properties) && !isSchema(old.additionalProperties)) continue;
    const was = isNew ? (old.additionalProperties ?? true) : oldFields[name];
    if (Object.hasOwn(nextFields, name)) {
      if (was !== false) compare(was, nextFields[name], `${path}/${name}`, found, depth + 1);
    } else if (closed) found.push({ path: `${path}/${name}`, message: "is no longer taken" });
    else compare(was, next.additionalProperties ?? true, `${path}/${name}`, found, depth + 1);
  }
}

function bound(
  word: string,
  old: Schema,
  next: Schema,
  say: (message: string) => unknown,
  isTighter: (was: number, is: number) => boolean,
): void {
  const is = next[word];
  const was = old[word];
  if (typeof is !== "number") return;
  if (typeof was !== "number") say(`${word} ${is} is new`);
  else if (isTighter(was, is)) say(`${word} was ${was} and is ${is}`);
}

function lostTypes(old: Schema, next: Schema): string | null {
  const now = types(next);
  if (now === null) return null;
  const was = types(old);
  if (was === null) return `takes only ${now.join(" or ")}`;
  const fits = (type: string) => now.includes(type) || (type === "integer" && now.includes("number"));
  const lost = was.filter((type) => !fits(type));
  return lost.length === 0 ? null : `no longer takes ${lost.join(" or ")}`;
}

function types({ type }: Schema): string[] | null {
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? list(type) : null;
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return isSchema(value) && Object.keys(value).length === 0;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}
