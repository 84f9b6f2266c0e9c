import { z } from "zod";
import { storableText } from "../definition/storable-text.ts";
import { type EnvironmentColour, environmentColours } from "./environment-colour.ts";
import type { Setting } from "./setting.ts";

/** Which installation this is, and by which clock exact times are written unless a reader chose one. */
export interface GeneralSettings {
  environment: { name: string; colour: EnvironmentColour };
  /** As in Europe/Oslo; null: each reader's own. */
  timeZone: string | null;
}

const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, "is no time zone: give one as in Europe/Oslo, or UTC");

export const generalSetting: Setting<GeneralSettings> = {
  key: "general",
  name: "the general settings",
  schema: z.strictObject({
    environment: z.strictObject({
      name: storableText(1, 24).refine((name) => name.trim() === name, "may not begin or end with a space"),
      colour: z.enum(environmentColours),
    }),
    timeZone: timeZone.nullable(),
  }),
  standard: { environment: { name: "local", colour: "neutral" }, timeZone: null },
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
