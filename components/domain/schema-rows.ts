/** A field of a JSON Schema as a line of a readable tree. */
export interface SchemaRow {
  /** Keys from the root, as in `/lines/[]/count`; unique. */
  path: string;
  name: string;
  depth: number;
  type: string;
  required: boolean;
  /** Constraints in words: `1…20 characters`, `one of "a", "b"`. */
  rules: string[];
  about: string;
}

type Schema = Record<string, unknown>;
const deepest = 12;
const mostRows = 500;
/** Words that are said in the type or the tree itself, or say nothing about values. */
const told = new Set([
  "$schema",
  "$id",
  "$comment",
  "type",
  "properties",
  "required",
  "items",
  "enum",
  "const",
  "description",
  "title",
  "default",
  "examples",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "additionalProperties",
]);

/** The fields of a schema in reading order, at most 500 and 12 deep; what a line cannot say is named in its rules. */
export function schemaRows(schema: unknown): SchemaRow[] {
  const rows: SchemaRow[] = [];
  walk(schema, { path: "", name: "", depth: 0, required: true }, rows);
  return rows;
}

function walk(
  schema: unknown,
  at: Pick<SchemaRow, "path" | "name" | "depth" | "required">,
  rows: SchemaRow[],
): void {
  if (rows.length >= mostRows) return;
  const node: Schema = isSchema(schema) ? schema : {};
  const about = [node.title, node.description]
    .filter((text): text is string => typeof text === "string")
    .join(": ");
  rows.push({ ...at, type: schema === false ? "nothing" : typeOf(node), rules: rulesOf(node), about });
  if (at.depth >= deepest) return;
  const required = Array.isArray(node.required) ? node.required : [];
  if (isSchema(node.properties))
    for (const [name, inner] of Object.entries(node.properties))
      walk(
        inner,
        { path: `${at.path}/${name}`, name, depth: at.depth + 1, required: required.includes(name) },
        rows,
      );
  if (isSchema(node.items) && Object.keys(node.items).length > 0)
    walk(node.items, { path: `${at.path}/[]`, name: "each", depth: at.depth + 1, required: true }, rows);
}

function typeOf({ type, enum: values, items }: Schema): string {
  if (typeof type === "string")
    return type === "array" && isSchema(items) && typeof items.type === "string"
      ? `array of ${items.type}`
      : type;
  if (Array.isArray(type)) return type.join(" or ");
  return Array.isArray(values) ? "one of a list" : "any";
}

function rulesOf(node: Schema): string[] {
  const rules: string[] = [];
  if (Array.isArray(node.enum))
    rules.push(`one of ${node.enum.map((value) => JSON.stringify(value)).join(", ")}`);
  if (node.const !== undefined) rules.push(`always ${JSON.stringify(node.const)}`);
  range(rules, node.minLength, node.maxLength, "characters");
  range(rules, node.minItems, node.maxItems, "entries");
  // The bounds that generators write for 'any whole number' say nothing.
  range(rules, meant(node.minimum), meant(node.maximum), "");
  if (node.additionalProperties === false) rules.push("no other fields");
  if (node.default !== undefined) rules.push(`default ${JSON.stringify(node.default)}`);
  for (const [word, value] of Object.entries(node))
    if (!told.has(word)) rules.push(typeof value === "object" ? word : `${word} ${String(value)}`);
  return rules;
}

function range(rules: string[], least: unknown, most: unknown, unit: string): void {
  const [low, high] = [typeof least === "number" ? least : null, typeof most === "number" ? most : null];
  if (low === null && high === null) return;
  const span = low === null ? `at most ${high}` : high === null ? `at least ${low}` : `${low}…${high}`;
  rules.push(unit === "" ? span : `${span} ${unit}`);
}

function meant(bound: unknown): unknown {
  return typeof bound === "number" && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
