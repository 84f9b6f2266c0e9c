import type { z } from "zod";
import { isStorable } from "#core/definition/is-storable.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";

/** The query as the schema leaves it; unknown, repeated or empty names are refused (`validation`). */
export function parseQuery(search: string, schema: z.ZodType | undefined): unknown {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(values, name))
      throw refusal(name, "is given more than once: join values by commas where a list is allowed");
    if (!isStorable(value) || !isStorable(name))
      throw refusal(name, "must not contain U+0000 or lone surrogates");
    Object.defineProperty(values, name, { value, enumerable: true });
  }
  if (schema === undefined) {
    const [unknown] = Object.keys(values);
    if (unknown !== undefined) throw refusal(unknown, "unknown parameter: this call takes none");
    return {};
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw validationError(parsed.error, "the query");
  return parsed.data;
}

function refusal(name: string, message: string): SignalboxError {
  const path = `/${name.replaceAll("\u0000", "\uFFFD").toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 100)}`;
  return new SignalboxError("validation", `the query is not valid: ${path} ${message}`, {
    errors: [{ path, message }],
  });
}
