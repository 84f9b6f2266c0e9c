import type { BreakerSettings } from "#core/breaker/breaker-settings.ts";
import { durationText } from "../../_parts/duration-text.ts";
import { type FieldPath, type SettingsField, settingsFields } from "./settings-fields.ts";

/** The settings as they are typed, by field; an empty text is none. A switch is `on` or `off`. */
export type SettingsDraft = Readonly<Record<FieldPath, string>>;

/** What a draft says: the settings when it is valid, else what is wrong by JSON pointer. */
export interface CheckedSettings {
  settings: BreakerSettings | null;
  errors: ReadonlyMap<string, string>;
}

/** A rate is typed by its count; the span stands ready beside it. */
const usualPerMs = 1_000;

/** The settings as text fields. */
export function toSettingsDraft(settings: BreakerSettings): SettingsDraft {
  const entries = settingsFields.map((field) => [field.path, textOf(settings, field)] as const);
  return Object.fromEntries(entries) as SettingsDraft;
}

function textOf(settings: BreakerSettings, { path, kind }: SettingsField): string {
  const value = path
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], settings);
  if (path === "/rateLimit/perMs") return durationText(typeof value === "number" ? value : usualPerMs);
  if (kind === "switch") return value === true ? "on" : "off";
  if (typeof value !== "number") return "";
  if (kind === "span") return durationText(value);
  // 2.5 % of 0.025, whatever binary fractions make of it.
  return String(kind === "share" ? Math.round(value * 1e7) / 1e5 : value);
}
