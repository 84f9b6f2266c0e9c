/** One place at which two JSON values differ; an absent side has no such key. Texts are compact JSON. */
export interface JsonDifference {
  /** Keys from the root, as in `perClass.timeout.factor`; empty for the values themselves. */
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * Where `after` differs from `before`: objects key by key, arrays entry by entry, everything else by its JSON text.
 * In the order of the keys of `before`, new keys last. Walks without recursion, so depth is no limit.
 */
export function diffJson(before: unknown, after: unknown): JsonDifference[] {
  const differences: JsonDifference[] = [];
  const open: { path: string; before: unknown; after: unknown }[] = [{ path: "", before, after }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { path, before: old, after: next } = at;
    const oldKeys = keysOf(old);
    const nextKeys = keysOf(next);
    if (oldKeys && nextKeys && Array.isArray(old) === Array.isArray(next)) {
      const keys = [...new Set([...oldKeys, ...nextKeys])].reverse();
      for (const key of keys)
        open.push({
          path: path === "" ? key : `${path}.${key}`,
          before: valueAt(old, key),
          after: valueAt(next, key),
        });
    } else {
      const texts = { before: textOf(old), after: textOf(next) };
      if (texts.before !== texts.after) differences.push({ path, ...texts });
    }
  }
  return differences;
}

function keysOf(value: unknown): string[] | null {
  return value !== null && typeof value === "object" ? Object.keys(value) : null;
}

function valueAt(value: unknown, key: string): unknown {
  return Object.hasOwn(value as object, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function textOf(value: unknown): string | undefined {
  return JSON.stringify(value);
}
