/** Whether the value can have fields; a function can. */
export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** A field of anything; undefined when it has none or reading it throws. */
export function readField(value: unknown, key: string | number): unknown {
  if (!isObject(value)) return undefined;
  try {
    return (value as Record<string | number, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** A text as it is, a finite number as text, anything else as nothing. */
export const readText = (value: unknown): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" && Number.isFinite(value)
      ? String(value)
      : "";
