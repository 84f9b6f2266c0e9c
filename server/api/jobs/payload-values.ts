import type { Redactor } from "#core/redaction/redactor.ts";

/** Longest value of a column, in characters. */
const longest = 200;

/** What stands at each path of a payload (JSON text), as short text, secrets taken out; null where nothing does. */
export function payloadValues(
  payload: string | null,
  definition: string,
  paths: readonly (readonly string[])[],
  redactor: Redactor,
): (string | null)[] {
  if (paths.length === 0 || payload === null) return paths.map(() => null);
  const whole: unknown = JSON.parse(redactor.json(payload, definition).text);
  return paths.map((path) => {
    const found = path.reduce<unknown>(
      (at, step) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      whole,
    );
    if (found === undefined) return null;
    return (typeof found === "string" ? found : JSON.stringify(found)).slice(0, longest);
  });
}
