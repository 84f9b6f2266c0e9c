import { canonicalJson } from "#core/definition/canonical-json.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A field on which two editors differ. `path` has one key, or two where the field is an entry of a nested record. */
export interface FieldConflict {
  path: readonly string[];
  base: unknown;
  mine: unknown;
  theirs: unknown;
  /** Who changed it since the version both began with. */
  changedBy: "me" | "them" | "both";
}

/**
 * Where my edit and theirs differ, field by field: the keys of the objects, and of those in `nested` the keys inside.
 * What both say alike is no conflict, whatever it was before.
 */
export function findConflicts(
  sides: { base: JsonObject; mine: JsonObject; theirs: JsonObject },
  nested: readonly string[],
): FieldConflict[] {
  const paths = new Map<string, readonly string[]>();
  for (const side of [sides.theirs, sides.mine]) {
    for (const [key, value] of Object.entries(side)) {
      const inner = nested.includes(key) && isObject(value) ? Object.keys(value) : null;
      for (const path of inner === null ? [[key]] : inner.map((sub) => [key, sub]))
        paths.set(path.join("/"), path);
    }
  }
  return [...paths.values()].flatMap((path): FieldConflict[] => {
    const [base, mine, theirs] = [at(sides.base, path), at(sides.mine, path), at(sides.theirs, path)];
    if (same(mine, theirs)) return [];
    return [
      { path, base, mine, theirs, changedBy: same(base, theirs) ? "me" : same(base, mine) ? "them" : "both" },
    ];
  });
}

/** Theirs with those fields of mine that are chosen, by their paths joined with `/`. */
export function mergeFields(
  theirs: JsonObject,
  conflicts: readonly FieldConflict[],
  chosen: ReadonlySet<string>,
): JsonObject {
  const merged: Record<string, unknown> = { ...theirs };
  for (const { path, mine } of conflicts) {
    if (!chosen.has(path.join("/"))) continue;
    const [key = "", sub] = path;
    if (sub === undefined) put(merged, key, mine);
    else {
      const inner: Record<string, unknown> = isObject(merged[key]) ? { ...merged[key] } : {};
      put(inner, sub, mine);
      put(merged, key, Object.keys(inner).length === 0 ? undefined : inner);
    }
  }
  return merged;
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}
