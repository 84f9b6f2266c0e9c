import { priorityWords } from "#app/words/priority-words.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import { type PrioritySettings, prioritySettingsSchema } from "#core/priority/priority-settings.ts";
import { validationError } from "#core/validation-error.ts";
import { durationText } from "../../_parts/duration-text.ts";

interface ClassDraft {
  budget: string;
  slope: string;
  /** Percent. */
  floor: string;
}

/** The priority settings as they are typed; shares in percent. */
export interface PriorityDraft {
  classes: Record<PriorityClass, ClassDraft>;
  reserved: string;
}

/** The settings as text fields. */
export function toPriorityDraft({ classes, reservedShare }: PrioritySettings): PriorityDraft {
  return {
    classes: Object.fromEntries(
      priorityClasses.map((name) => {
        const { budgetMs, slope, floorShare } = classes[name];
        return [
          name,
          { budget: durationText(budgetMs), slope: String(slope), floor: percentText(floorShare) },
        ];
      }),
    ) as PriorityDraft["classes"],
    reserved: percentText(reservedShare),
  };
}

/** Read a draft by the schema that the server reads by; `errors` by JSON pointer. */
export function checkPriorities(draft: PriorityDraft): {
  settings: PrioritySettings | null;
  errors: ReadonlyMap<string, string>;
} {
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

/** What is allowed and most likely not meant, in words. */
export function findPriorityWarnings(settings: PrioritySettings): string[] {
  const { classes, reservedShare } = settings;
  const warnings: string[] = [];
  for (const [index, name] of priorityClasses.entries()) {
    const below = priorityClasses[index + 1];
    if (below !== undefined && classes[name].budgetMs > classes[below].budgetMs)
      warnings.push(priorityWords.warnings.order(name, below));
  }
  for (const name of priorityClasses)
    if (classes[name].floorShare === 0) warnings.push(priorityWords.warnings.noFloor(name));
  if (reservedShare === 0) warnings.push(priorityWords.warnings.noReserve);
  return warnings;
}

function percentText(share: number): string {
  return String(Math.round(share * 1e7) / 1e5);
}
