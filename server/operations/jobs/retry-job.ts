import { checkPayload } from "#core/definition/payload-limits.ts";
import { SignalboxError } from "#core/error.ts";
import { findDefinitionVersion } from "#server/store/jobs/find-definition-version.ts";
import type { Engine } from "../engine.ts";
import { changeOneJob } from "./change-one-job.ts";
import type { JobAction } from "./job-action.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";
import { retryChange } from "./retry-change.ts";
import { SchemaValidator } from "./schema-validator.ts";

export interface RetryAction extends JobAction {
  /** Replaces the payload for this and later attempts; the old one is kept. Absent: unchanged. */
  payload?: unknown;
}

const validator = new SchemaValidator();

/**
 * Put a dead, cancelled, retryable or scheduled job in line now. Attempt numbers go on; failures and losses count from
 * nothing. Throws `not_found`, `invalid_state` in any other state, `validation` or `too_large` for a payload that
 * does not fit the job's definition version.
 */
export async function retryJob(engine: Engine, action: RetryAction): Promise<void> {
  const jobId = parseJobId(action.jobId);
  const payload = action.payload === undefined ? null : await checkedPayload(engine, jobId, action.payload);
  await changeOneJob(engine, action, {
    verb: "retry",
    allowed: "only dead, cancelled, retryable and scheduled jobs can be retried",
    change: retryChange(payload),
  });
}

async function checkedPayload(engine: Engine, jobId: string, payload: unknown): Promise<string> {
  const version = await findDefinitionVersion(engine.pool, jobId);
  const definition =
    version && [...engine.catalog.current.definitions.values()].find(({ id }) => id === version.definitionId);
  if (!version || !definition) throw noSuchJob(jobId);
  const checked = checkPayload(payload);
  if (!checked.ok)
    throw new SignalboxError(checked.code, `the payload was refused: ${checked.message}`, {
      errors: [{ path: `/payload${checked.path}`, message: checked.message }],
    });
  const spec = await engine.catalog.specOf(definition, version.version);
  const errors = validator
    .check(spec.inputSchema, payload)
    .map(({ path, message }) => ({ path: `/payload${path}`, message }));
  if (errors.length === 0) return checked.text;
  const places = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new SignalboxError(
    "validation",
    `the payload does not fit ${definition.name} version ${version.version}: ${places}`,
    { errors },
  );
}
