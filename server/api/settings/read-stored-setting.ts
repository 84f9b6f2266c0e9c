import { readSetting, type Setting } from "#core/settings/setting.ts";
import type { Queryable } from "#db/client.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";

/** A setting as it stands, with the version that an edit must name. */
export async function readStoredSetting<Value>(db: Queryable, setting: Setting<Value>) {
  const stored = await findSetting(db, setting.key);
  return {
    value: readSetting(setting, stored?.value),
    version: stored?.version ?? 0,
    updatedAtMs: stored?.updatedAtMs ?? null,
    updatedBy: stored?.updatedBy ?? null,
  };
}
