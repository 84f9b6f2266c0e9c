import { planDrops } from "#core/retention/plan-drops.ts";
import type { RetentionSettings } from "#core/settings/retention-setting.ts";
import { countPastJobs } from "#server/store/retention/count-past-jobs.ts";
import { type KeptDay, listKeptDays } from "#server/store/retention/kept-days.ts";
import { listDayPartitions } from "#server/store/retention/list-day-partitions.ts";
import type { ApiContext } from "../context.ts";

/** What is stored of the jobs submitted on one day, and what would become of it. */
export interface StoredDay {
  /** `YYYY-MM-DD`, UTC; null: what stands in no day's partition, such as jobs kept when their day went. */
  day: string | null;
  bytes: number;
  /** Bytes by table. */
  tables: { table: string; bytes: number; rows: number }[];
  /** The tables that would go now. */
  goes: string[];
  kept: KeptDay | null;
}

/** What there is, and what settings would take of it now. */
export interface RetentionPreview {
  asOfMs: number;
  /** Newest first. */
  days: StoredDay[];
  goesBytes: number;
  /** Counted up to `countedTo`. */
  cancelled: number;
  dead: number;
  countedTo: number;
}

const countedTo = 10_000;
const dayMs = 86_400_000;

/** What is stored by day with its size, and what `settings` would take of it now. Counts are bounded. */
export async function previewRetention(
  { db, engine }: ApiContext,
  settings: RetentionSettings,
): Promise<RetentionPreview> {
  const asOfMs = engine.clock.nowMs();
  const past = async (table: "cancelled" | "dead", days: number | null) =>
    days === null ? 0 : countPastJobs(db, table, asOfMs - days * dayMs, countedTo + 1);
  const [partitions, kept, cancelled, dead] = await Promise.all([
    listDayPartitions(db),
    listKeptDays(db),
    past("cancelled", settings.cancelledDays),
    past("dead", settings.deadDays),
  ]);
  const due = new Map(planDrops(partitions, settings, asOfMs).map((each) => [each.day, each.tables]));
  const names = [...new Set(partitions.map(({ day }) => day))];
  const days = names.map((day): StoredDay => {
    const of = partitions.filter((each) => each.day === day);
    return {
      day,
      bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
      tables: of.map(({ table, bytes, rows }) => ({ table, bytes, rows })),
      goes: day === null ? [] : (due.get(day) ?? []),
      kept: kept.find((each) => each.day === day) ?? null,
    };
  });
  const goesBytes = days
    .flatMap(({ tables, goes }) => tables.filter(({ table }) => goes.includes(table)))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  days.sort((a, b) => (a.day === null ? 1 : b.day === null ? -1 : a.day < b.day ? 1 : -1));
  return { asOfMs, days, goesBytes, cancelled, dead, countedTo };
}
