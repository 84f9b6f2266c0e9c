import { checkPayload } from "#core/definition/payload-limits.ts";
import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findDefinitionVersion } from "#server/store/jobs/find-definition-version.ts";
import { findEndedState } from "#server/store/jobs/find-ended-state.ts";
import { insertAmendment } from "#server/store/jobs/insert-amendment.ts";
import { insertJobEvent } from "#server/store/jobs/insert-job-event.ts";
import { insertReady } from "#server/store/jobs/insert-placement.ts";
import { takeWaitingJob } from "#server/store/jobs/take-waiting-job.ts";
import type { Engine } from "../engine.ts";
import type { JobAction } from "./cancel-job.ts";
import { noSuchJob, parseJobId } from "./parse-job-id.ts";
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
  const lane = await inTransaction(engine.pool, (transaction) =>
    tryRetry(transaction, { ...action, jobId }, payload),
  );
  if (lane !== null) {
    engine.wake.send([lane]);
    return;
  }
  const ended = await findEndedState(engine.pool, jobId);
  if (ended === "missing") throw noSuchJob(jobId);
  const state = ended ?? "waiting or running";
  throw new SignalboxError(
    "invalid_state",
    `job ${jobId} is ${state}: only dead, cancelled, retryable and scheduled jobs can be retried; nothing was changed`,
  );
}

async function tryRetry(
  transaction: Queryable,
  action: RetryAction,
  payload: string | null,
): Promise<number | null> {
  const { jobId, reason, actor } = action;
  const taken = await takeWaitingJob(transaction, jobId, ["dead", "cancelled", "scheduled"]);
  if (taken === null) return null;
  const amended = taken.attempt > 0 || payload !== null;
  if (amended)
    await insertAmendment(transaction, { jobId, payload, failuresFrom: taken.attempt, actor, reason });
  await insertReady(transaction, jobId, {
    ...taken,
    failures: 0,
    losses: 0,
    amended: taken.amended || amended,
  });
  const because = reason === null ? [] : [reason];
  if (payload !== null)
    await insertJobEvent(transaction, {
      jobId,
      kind: "payload-replaced",
      from: taken.state,
      to: taken.state,
      actor,
      because,
    });
  await insertJobEvent(transaction, {
    jobId,
    kind: "retried",
    from: taken.state,
    to: "available",
    actor,
    because,
  });
  await insertAuditEntry(transaction, {
    actor,
    action: "job.retry",
    objectKind: "job",
    objectId: jobId,
    reason,
    before: { state: taken.state },
    after: { state: "available", payloadReplaced: payload !== null },
  });
  return taken.lane;
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
