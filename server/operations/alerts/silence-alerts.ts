import { z } from "zod";
import { alertKinds, alertObjectKinds } from "#core/alert/alert.ts";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { endSilence, insertSilence, type SilenceRow } from "#server/store/alerts/alert-silences.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import type { Engine } from "../engine.ts";

const longestMs = 30 * 86_400_000;

/**
 * What to silence and for how long: an alert by its key, a kind, an object, or a kind of an object; 1 min…30 days, with a
 * reason of 1…500 characters.
 */
export const silenceSchema = z
  .strictObject({
    key: storableText(1, 300).nullable().default(null),
    kind: z.enum(alertKinds).nullable().default(null),
    objectKind: z.enum(alertObjectKinds).nullable().default(null),
    objectId: storableText(1, 200).nullable().default(null),
    forMs: z
      .number()
      .int()
      .min(60_000, "is at least a minute (60,000 ms)")
      .max(longestMs, "is at most 30 days (2,592,000,000 ms)"),
    reason: storableText(1, 500).refine((reason) => reason.trim() !== "", "say why: others will wonder"),
  })
  .superRefine(({ key, kind, objectKind, objectId }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (key === null && kind === null && objectKind === null)
      issue("key", "say what to silence: a key, a kind, or an object; all alerts cannot be silenced");
    if ((objectKind === null) !== (objectId === null))
      issue("objectId", "goes with objectKind: give both or neither");
  });

/** Silence alerts: they open and clear as ever, but nobody is told and no policy acts. Throws `validation`. */
export async function silenceAlerts(
  engine: Engine,
  { silence, actor }: { silence: unknown; actor: string },
): Promise<SilenceRow> {
  const parsed = silenceSchema.safeParse(silence);
  if (!parsed.success) throw validationError(parsed.error, "the silence");
  return inTransaction(engine.pool, async (transaction) => {
    const row = await insertSilence(transaction, { ...parsed.data, createdBy: actor });
    const { id, reason, createdBy: _, createdAtMs: __, ...after } = row;
    await insertAuditEntry(transaction, {
      ...{ actor, action: "silence.create", objectKind: "silence", objectId: id, reason, after },
    });
    return row;
  });
}

/** End a silence before its time. Throws `not_found` when it is not in force. */
export async function unsilenceAlerts(
  engine: Engine,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const ended = await endSilence(transaction, id, actor);
    if (ended === null)
      throw new SignalboxError("not_found", `there is no silence ${id} in force: it has ended already`);
    const { key, kind, objectKind, objectId, untilMs } = ended;
    await insertAuditEntry(transaction, {
      ...{ actor, action: "silence.end", objectKind: "silence", objectId: id },
      before: { key, kind, objectKind, objectId, untilMs },
    });
  });
}
