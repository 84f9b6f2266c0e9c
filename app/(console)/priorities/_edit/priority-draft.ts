import { priorityWords } from "#app/words/priority-words.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
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

/** What a draft says: the settings when it is valid, else what is wrong by JSON pointer. */
export interface CheckedPriorities {
  settings: PrioritySettings | null;
  errors: ReadonlyMap<string, string>;
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
