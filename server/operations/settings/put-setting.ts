import { canonicalJson } from "#core/definition/canonical-json.ts";
import { SignalboxError } from "#core/error.ts";
import { readSetting, type Setting } from "#core/settings/setting.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import { writeSetting } from "#server/store/settings/write-setting.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

export interface PutSetting {
  /** Not yet checked; see the setting's schema. */
  value: unknown;
  /** The version that the edit started from; 0: never written. */
  expectedVersion: number;
  actor: string;
  reason: string | null;
}

export interface PutSettingResult<Value> {
  value: Value;
  version: number;
  /** False: it says the same, and nothing was written. */
  changed: boolean;
}

/** Change a setting. Throws `validation`, and `version_conflict` when it is no longer at the expected version. */
export async function putSetting<Value>(
  engine: Engine,
  setting: Setting<Value>,
  put: PutSetting,
): Promise<PutSettingResult<Value>> {
  const parsed = setting.schema.safeParse(put.value);
  if (!parsed.success) throw validationError(parsed.error, setting.name);
  const value = parsed.data;
  const { key, name } = setting;
  return editCatalog<PutSettingResult<Value>>(engine, async (transaction) => {
    const stored = await findSetting(transaction, key);
    const version = stored?.version ?? 0;
    if (version !== put.expectedVersion)
      throw new SignalboxError(
        "version_conflict",
        `${name} were changed by ${stored?.updatedBy} since you read them: nothing was written; read them again and decide on that`,
        { errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${version}` }] },
      );
    const before = readSetting(setting, stored?.value);
    if (canonicalJson(before) === canonicalJson(value))
      return { changed: false, result: { value, version, changed: false } };
    await writeSetting(transaction, { key, value, updatedBy: put.actor });
    await insertAuditEntry(transaction, {
      ...{ actor: put.actor, action: "setting.put", objectKind: "setting", objectId: key },
      ...{ reason: put.reason, before, after: value },
    });
    return { changed: true, result: { value, version: version + 1, changed: true } };
  });
}
