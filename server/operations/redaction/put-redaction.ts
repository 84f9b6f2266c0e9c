import { canonicalJson } from "#core/definition/canonical-json.ts";
import { SignalboxError } from "#core/error.ts";
import { type RedactionSettings, redactionSettingsSchema } from "#core/redaction/redaction-settings.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findRedaction } from "#server/store/redaction/find-redaction.ts";
import { insertRedactionVersion } from "#server/store/redaction/insert-redaction-version.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

export interface PutRedaction {
  /** {@link redactionSettingsSchema}, not yet checked. */
  settings: unknown;
  /** The version that this one follows; 0: none was written yet. */
  expectedVersion: number;
  reason: string | null;
  actor: string;
}

export interface PutRedactionResult {
  version: number;
  settings: RedactionSettings;
}

/**
 * Replace what is redacted beside the built-in set: in force for the next answer and the next error or log line that
 * is stored; what is stored already is redacted when it is shown. Throws `validation`, and `version_conflict`
 * when `expectedVersion` is not the newest.
 */
export async function putRedaction(engine: Engine, put: PutRedaction): Promise<PutRedactionResult> {
  const parsed = redactionSettingsSchema.safeParse(put.settings);
  if (!parsed.success) throw validationError(parsed.error, "what is redacted");
  const settings = parsed.data;
  return editCatalog<PutRedactionResult>(engine, async (transaction) => {
    const before = (await findRedaction(transaction, 1))[0];
    const current = before?.version ?? 0;
    if (put.expectedVersion !== current)
      throw new SignalboxError(
        "version_conflict",
        `the redaction rules are at version ${current}, not ${put.expectedVersion}: nothing was written; read them again and decide on that`,
        { errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${current}` }] },
      );
    if (before !== undefined && canonicalJson(before.settings) === canonicalJson(settings))
      return { changed: false, result: { version: current, settings } };
    const version = current + 1;
    await insertRedactionVersion(transaction, version, settings, put.actor);
    await insertAuditEntry(transaction, {
      actor: put.actor,
      action: "redaction.put",
      objectKind: "redaction",
      objectId: "redaction",
      reason: put.reason,
      before: before?.settings,
      after: { version, ...settings },
    });
    return { changed: true, result: { version, settings } };
  });
}
