import { canonicalJson } from "#core/definition/canonical-json.ts";
import { SignalboxError } from "#core/error.ts";
import {
  defaultPrioritySettings,
  type PrioritySettings,
  prioritySettingsSchema,
} from "#core/priority/priority-settings.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import { writeSetting } from "#server/store/settings/write-setting.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

export interface PutPrioritySettings {
  /** Not yet checked; see core/priority/priority-settings.ts. */
  settings: unknown;
  /** The settings that the edit started from. */
  expected: PrioritySettings;
  actor: string;
  reason: string | null;
}

/** The key of the setting, which the catalogue reads. */
export const prioritySettingKey = "priority";

/**
 * Change what orders the priority classes; the next claim obeys. Throws `validation`, and `version_conflict` when the
 * settings are no longer those that the edit started from.
 */
export async function putPrioritySettings(
  engine: Engine,
  put: PutPrioritySettings,
): Promise<{ changed: boolean; settings: PrioritySettings }> {
  const parsed = prioritySettingsSchema.safeParse(put.settings);
  if (!parsed.success) throw validationError(parsed.error, "the priority settings");
  const settings = parsed.data;
  return editCatalog(engine, async (transaction) => {
    const stored = prioritySettingsSchema.safeParse(
      (await findSetting(transaction, prioritySettingKey))?.value,
    );
    const before = stored.success ? stored.data : defaultPrioritySettings;
    if (canonicalJson(before) !== canonicalJson(put.expected))
      throw new SignalboxError(
        "version_conflict",
        "the priority settings were changed since you read them: nothing was written; read them again and decide on that",
      );
    const changed = canonicalJson(before) !== canonicalJson(settings);
    if (changed) {
      await writeSetting(transaction, { key: prioritySettingKey, value: settings, updatedBy: put.actor });
      await insertAuditEntry(transaction, {
        actor: put.actor,
        action: "priorities.put",
        objectKind: "setting",
        objectId: prioritySettingKey,
        reason: put.reason,
        before,
        after: settings,
      });
    }
    return { changed, result: { changed, settings } };
  });
}
