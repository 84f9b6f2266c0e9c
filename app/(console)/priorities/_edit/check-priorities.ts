import { priorityWords } from "#app/words/priority-words.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { type PrioritySettings, prioritySettingsSchema } from "#core/priority/priority-settings.ts";
import { validationError } from "#core/validation-error.ts";
import type { CheckedPriorities, PriorityDraft } from "./priority-draft.ts";

/** Read a draft by the schema that the server reads by. */
export function checkPriorities(draft: PriorityDraft): CheckedPriorities {
  const errors = new Map<string, string>();
  const figure = (path: string, text: string, scale: number): unknown => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isNaN(value)) errors.set(path, priorityWords.notNumber);
    // 2.3 % is 0.023, whatever binary fractions make of it.
    return Number.isNaN(value) ? text : Math.round((value / scale) * 1e9) / 1e9;
  };
  const span = (path: string, text: string): unknown => {
    const ms = parseDuration(text);
    if (ms === null) errors.set(path, priorityWords.notSpan);
    return ms ?? text;
  };
  const body = {
    classes: Object.fromEntries(
      priorityClasses.map((name) => {
        const of = draft.classes[name];
        const path = `/classes/${name}`;
        return [
          name,
          {
            budgetMs: span(`${path}/budgetMs`, of.budget),
            slope: figure(`${path}/slope`, of.slope, 1),
            floorShare: figure(`${path}/floorShare`, of.floor, 100),
          },
        ];
      }),
    ),
    reservedShare: figure("/reservedShare", draft.reserved, 100),
  };
  const parsed = prioritySettingsSchema.safeParse(body);
  if (parsed.success) return { settings: parsed.data, errors };
  for (const { path, message } of validationError(parsed.error, "the priority settings").errors)
    if (!errors.has(path)) errors.set(path, message);
  return { settings: null, errors };
}

/** The settings that a value is; null: none. */
export function checkSettings(value: unknown): PrioritySettings | null {
  return prioritySettingsSchema.safeParse(value).data ?? null;
}
