import type { Queryable } from "#db/client.ts";

/** Write a setting over the one there is; the caller holds the catalogue's lock. */
export async function writeSetting(
  transaction: Queryable,
  setting: { key: string; value: unknown; updatedBy: string },
): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.settings as settings (key, value, updated_by) values ($1, $2::jsonb, $3)
      on conflict (key) do update set value = excluded.value, updated_by = excluded.updated_by,
        updated_at = clock_timestamp(), version = settings.version + 1`,
    values: [setting.key, JSON.stringify(setting.value), setting.updatedBy],
  });
}
