import type { Queryable } from "#db/client.ts";

/** Why a day that is past its keeping is still there. */
export type KeptWhy = "receipts" | "open-jobs" | "busy";

export interface KeptDay {
  day: string;
  why: KeptWhy;
  /** Jobs of it that are not completed, when these are why. */
  openJobs: number | null;
  atMs: number;
}

/** Note why a day was not dropped. */
export async function noteKeptDay(
  db: Queryable,
  day: string,
  why: KeptWhy,
  openJobs: number | null,
): Promise<void> {
  await db.query({
    text: `insert into signalbox.kept_days (day, why, open_jobs) values ($1, $2, $3)
      on conflict (day) do update set why = excluded.why, open_jobs = excluded.open_jobs, at = clock_timestamp()`,
    values: [day, why, openJobs],
  });
}

/** Forget why a day was kept: it is dropped. */
export async function forgetKeptDay(transaction: Queryable, day: string): Promise<void> {
  await transaction.query({ text: "delete from signalbox.kept_days where day = $1", values: [day] });
}

/** The days that are past their keeping and still there. */
export async function listKeptDays(db: Queryable): Promise<KeptDay[]> {
  const { rows } = await db.query({
    name: "list-kept-days",
    text: `select day::text as day, why, open_jobs as "openJobs", (extract(epoch from at) * 1000)::float8 as "atMs"
      from signalbox.kept_days order by day limit 400`,
  });
  return rows as KeptDay[];
}
