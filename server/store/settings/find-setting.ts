import type { Queryable } from "#db/client.ts";

/** A setting as it stands. */
export interface SettingRow {
  value: unknown;
  updatedAtMs: number;
  updatedBy: string;
  /** Counts writes, from 1. */
  version: number;
}

/** A setting by its key; null while it was never written, when its default holds. */
export async function findSetting(db: Queryable, key: string): Promise<SettingRow | null> {
  const { rows } = await db.query({
    name: "find-setting",
    text: `select value, (extract(epoch from updated_at) * 1000)::float8 as "updatedAtMs", updated_by as "updatedBy", version
      from signalbox.settings where key = $1`,
    values: [key],
  });
  return (rows as SettingRow[])[0] ?? null;
}
