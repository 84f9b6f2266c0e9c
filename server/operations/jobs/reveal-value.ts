import { SignalboxError } from "#core/error.ts";
import { valueAt } from "#core/redaction/value-at.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findJobText, type JobText } from "#server/store/jobs/find-job-text.ts";
import type { Engine } from "../engine.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";

export interface RevealAction {
  jobId: string;
  text: JobText;
  /** JSON pointer to the redacted value. */
  pointer: string;
  reason: string;
  actor: string;
}

/**
 * Hand out one redacted value as JSON text, after writing down who asked for it, where it stands and why; never the value
 * itself. Throws `not_found`, and `validation` for a place at which nothing is redacted.
 */
export async function revealValue(engine: Engine, action: RevealAction): Promise<string> {
  const { text: which, pointer, reason, actor } = action;
  const jobId = parseJobId(action.jobId);
  return inTransaction(engine.pool, async (transaction) => {
    const found = await findJobText(transaction, jobId, which);
    if (found === null) throw noSuchJob(jobId);
    const { text, definition } = found;
    const { redactions } = engine.catalog.current.redactor.json(text ?? "null", definition);
    const redaction = redactions.find((each) => each.pointer === pointer);
    const value = redaction === undefined || text === null ? null : valueAt(text, pointer);
    if (redaction === undefined || value === null)
      throw new SignalboxError("validation", "Nothing is redacted at that place; nothing was revealed.", {
        errors: [{ path: "/pointer", message: "names no redacted value: load the job again" }],
      });
    await insertAuditEntry(transaction, {
      actor,
      action: "job.reveal",
      objectKind: "job",
      objectId: jobId,
      reason,
      after: { text: which, path: pointer, rule: `${redaction.kind} ${redaction.rule}` },
    });
    return value;
  });
}
