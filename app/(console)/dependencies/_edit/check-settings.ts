import { dependencyWords } from "#app/words/dependency-words.ts";
import { type BreakerSettings, breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { validationError } from "#core/validation-error.ts";
import type { CheckedSettings, SettingsDraft } from "./settings-draft.ts";
import { type SettingsField, settingsFields } from "./settings-fields.ts";

/** Read a draft by the schema that the server reads by. */
export function checkSettings(draft: SettingsDraft): CheckedSettings {
  const errors = new Map<string, string>();
  const body: Record<string, unknown> = {};
  for (const field of settingsFields) {
    const text = draft[field.path].trim();
    // A rate that is not asked for has no span either.
    if (field.group === "rate" && draft["/rateLimit/count"].trim() === "") continue;
    if (field.path === "/slowMs" && text === "") continue;
    put(body, field.path, readField(field, text, errors));
  }
  const parsed = breakerSettingsSchema.safeParse(body);
  if (parsed.success && errors.size === 0) return { settings: parsed.data, errors };
  if (!parsed.success)
    for (const { path, message } of validationError(parsed.error, "the settings").errors)
      if (!errors.has(path)) errors.set(path, message);
  return { settings: null, errors };
}

/** The settings that a value is; null: none. */
export function asSettings(value: unknown): BreakerSettings | null {
  return breakerSettingsSchema.safeParse(value).data ?? null;
}

function readField({ path, kind }: SettingsField, text: string, errors: Map<string, string>): unknown {
  if (kind === "switch") return text === "on";
  if (kind === "span") {
    const ms = parseDuration(text);
    if (ms === null) errors.set(path, dependencyWords.notSpan);
    return ms ?? text;
  }
  const figure = text === "" ? Number.NaN : Number(text);
  if (Number.isNaN(figure)) {
    errors.set(path, dependencyWords.notNumber);
    return text;
  }
  return kind === "share" ? Math.round((figure / 100) * 1e9) / 1e9 : figure;
}

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  const [key = "", inner] = path.split("/").slice(1);
  if (inner === undefined) body[key] = value;
  else body[key] = { ...(body[key] as object | undefined), [inner]: value };
}
