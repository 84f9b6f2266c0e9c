import type { RedactionSettings } from "#core/redaction/redaction-settings.ts";
import type { Queryable } from "#db/client.ts";

/** Write a version of what is redacted; the caller holds the catalogue's lock. */
export async function insertRedactionVersion(
  transaction: Queryable,
  version: number,
  settings: RedactionSettings,
  createdBy: string,
): Promise<void> {
  await transaction.query({
    text: "insert into signalbox.redaction_versions (version, settings, created_by) values ($1, $2, $3)",
    values: [version, JSON.stringify(settings), createdBy],
  });
}
