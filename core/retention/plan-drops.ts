import type { RetentionSettings } from "../settings/retention-setting.ts";
import { isPastKeeping } from "./due-days.ts";

/** The part of a day that is past its keeping: all that its jobs left, or only some tables of it. */
export interface DueDay {
  day: string;
  tables: string[];
  /** The jobs themselves go, and with them whatever is theirs. */
  whole: boolean;
}

/** Which tables go before the jobs do, by the setting that says when. */
const parts = { attempts: "attemptsDays", attempt_logs: "attemptsDays", job_events: "eventsDays" } as const;

/** What is past its keeping, oldest day first, of the tables that each day still has. */
export function planDrops(
  partitions: readonly { table: string; day: string | null }[],
  settings: RetentionSettings,
  nowMs: number,
): DueDay[] {
  const byDay = new Map<string, string[]>();
  for (const { table, day } of partitions)
    if (day !== null) byDay.set(day, [...(byDay.get(day) ?? []), table]);
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, tables]) => {
      const whole = isPastKeeping(day, settings.completedDays, nowMs);
      const due = (table: string) => {
        const setting = parts[table as keyof typeof parts];
        return whole || (setting !== undefined && isPastKeeping(day, settings[setting], nowMs));
      };
      return { day, tables: tables.filter(due), whole };
    })
    .filter(({ tables }) => tables.length > 0);
}
