import type { FieldError } from "../error.ts";
import { jsonPointer } from "../validation-error.ts";
import { looksLikePlaceholder } from "./placeholder.ts";
import type { Redactor } from "./redactor.ts";
import { walkJson } from "./walk-json.ts";

export type KeptJson = { ok: true; text: string } | { ok: false; errors: FieldError[] };

/**
 * An edited JSON text with the redacted values back in their places: every placeholder in `edited` stands for the value
 * of that number in `original`, wherever it was moved to. Refused where a placeholder stands for nothing, and
 * where the value would come to light because no rule covers its new place. Both texts must be JSON.
 */
export function keepRedacted(
  redactor: Redactor,
  texts: { edited: string; original: string; definition: string | null },
): KeptJson {
  const { edited, original, definition } = texts;
  const secrets = secretsOf(redactor, original, definition);
  const errors: FieldError[] = [];
  const kept: string[] = [];
  const text = walkJson(edited, ({ kind, steps }, raw) => {
    if (kind !== "string") return undefined;
    const value: unknown = JSON.parse(raw());
    if (!looksLikePlaceholder(value)) return undefined;
    const pointer = jsonPointer(steps);
    const secret = secrets.get(value);
    if (secret !== undefined) {
      kept.push(pointer);
      return secret;
    }
    if (!original.includes(JSON.stringify(value)))
      errors.push({ path: pointer, message: "stands for no redacted value: type the value" });
    return undefined;
  });
  const covered = redactor.json(text, definition).redactions.map(({ pointer }) => pointer);
  for (const pointer of kept)
    if (!covered.some((each) => pointer === each || pointer.startsWith(`${each}/`)))
      errors.push({
        path: pointer,
        message: "would show a redacted value: no rule covers this place, so type the value",
      });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, text };
}

/** The own text of each redacted value, by its placeholder. */
function secretsOf(redactor: Redactor, text: string, definition: string | null): Map<string, string> {
  const { redactions } = redactor.json(text, definition);
  const byPointer = new Map(redactions.map(({ pointer, placeholder }) => [pointer, placeholder]));
  const secrets = new Map<string, string>();
  if (redactions.length === 0) return secrets;
  walkJson(text, ({ steps }, raw) => {
    const placeholder = byPointer.get(jsonPointer(steps));
    if (placeholder === undefined) return undefined;
    secrets.set(placeholder, raw());
    return "null";
  });
  return secrets;
}
