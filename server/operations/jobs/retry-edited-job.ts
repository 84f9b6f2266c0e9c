import { checkPayloadText } from "#core/definition/payload-limits.ts";
import { type FieldError, SignalboxError } from "#core/error.ts";
import { keepRedacted } from "#core/redaction/keep-redacted.ts";
import { findJobText } from "#server/store/jobs/find-job-text.ts";
import type { Engine } from "../engine.ts";
import type { JobAction } from "./job-action.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";
import { retryJob } from "./retry-job.ts";

/**
 * Retry a job with a payload that was edited from what the console showed of it: placeholders in `payload`, JSON text,
 * stand for the redacted values they were shown for. Throws what {@link retryJob} throws; paths of a `validation`
 * point into `/payload`.
 */
export async function retryEditedJob(engine: Engine, action: JobAction & { payload: string }): Promise<void> {
  const jobId = parseJobId(action.jobId);
  const found = await findJobText(engine.pool, jobId, "payload");
  if (found?.text == null) throw noSuchJob(jobId);
  const checked = checkPayloadText(action.payload);
  if (!checked.ok) throw refused(checked.code, [{ path: checked.path, message: checked.message }]);
  const { definition, text: original } = found;
  const { redactor } = engine.catalog.current;
  const kept = keepRedacted(redactor, { edited: checked.text, original, definition });
  if (!kept.ok) throw refused("validation", kept.errors);
  const { reason, actor } = action;
  await retryJob(engine, { jobId, reason, actor, payload: JSON.parse(kept.text) as unknown });
}

function refused(code: "too_large" | "validation", errors: FieldError[]): SignalboxError {
  const places = errors.map(({ path, message }) => `${path || "the payload"} ${message}`).join("; ");
  return new SignalboxError(code, `the payload was refused: ${places}; the job was not retried`, {
    errors: errors.map(({ path, message }) => ({ path: `/payload${path}`, message })),
  });
}
