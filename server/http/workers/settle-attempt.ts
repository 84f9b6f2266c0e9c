import { canonicalJson } from "#core/definition/canonical-json.ts";
import { checkPayload } from "#core/definition/payload-limits.ts";
import { SignalboxError } from "#core/error.ts";
import { type FailureReport, failureTextLimits } from "#core/failure/failure-report.ts";
import { completeAttempts } from "#server/operations/attempts/complete-attempts.ts";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { noSuchJob } from "#server/operations/jobs/parse-job-id.ts";
import { SchemaValidator } from "#server/operations/jobs/schema-validator.ts";
import { findSettledAttempt, type SettledRecord } from "#server/store/attempts/find-settled-attempt.ts";
import { saveCheckpoint as writeCheckpoint } from "#server/store/checkpoints/save-checkpoint.ts";
import { type JobView, toJobView } from "#server/store/jobs/job-view.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { findHeldAttempt, type HeldAttempt } from "#server/store/leases/find-held-attempt.ts";
import type { HttpContext } from "../route.ts";
import type { AttemptProof } from "./attempt-tokens.ts";

/** Which attempt a worker speaks of, and its proof. */
export interface AttemptCall {
  jobId: string;
  attempt: number;
  token: string;
}

/** The job after the settle; `repeated` when the very same settle had been done before. */
export interface SettleAnswer {
  job: JobView;
  repeated?: true;
}

const validator = new SchemaValidator();

/**
 * Complete an attempt. Throws `not_found`, `lease_lost`, and `validation` or `too_large` for an output that does not
 * fit, which leaves the attempt open.
 */
export async function completeAttempt(
  context: HttpContext,
  call: AttemptCall,
  output: unknown,
): Promise<SettleAnswer> {
  const { engine } = context;
  const { proof, held } = await prove(context, call);
  const same = ({ outcome, content }: SettledRecord) =>
    outcome === "completed" && canonicalJson(parsed(content)) === canonicalJson(output ?? null);
  if (held === null) return repeatOrRefuse(context, proof, same);
  const text = await checkOutput(context, held, output);
  const { leaseId, workerId, jobId, attempt } = proof;
  const times = {
    startedAtMs: held.claimedAtMs,
    finishedAtMs: Math.max(held.claimedAtMs, engine.clock.nowMs()),
  };
  const run = { leaseId, jobId, attempt, ...times, output: text, lane: held.lane, rank: held.rank };
  const accepted = await completeAttempts(engine, workerId, [run], [leaseId]);
  return accepted === "all" || accepted.has(jobId)
    ? { job: await viewOf(context, jobId) }
    : repeatOrRefuse(context, proof, same);
}

/** Fail an attempt; the rules and the policy decide what becomes of the job. Throws `not_found` and `lease_lost`. */
export async function failAttempt(
  context: HttpContext,
  call: AttemptCall,
  error: FailureReport,
): Promise<SettleAnswer> {
  const { proof, held } = await prove(context, call);
  const failure = cutTexts(error);
  const same = ({ outcome, content }: SettledRecord) => {
    const stored = parsed(content) as Partial<FailureReport> | null;
    const isSame =
      stored?.name === failure.name &&
      stored.message === context.engine.catalog.current.redactor.text(failure.message) &&
      (stored.code ?? null) === (failure.code ?? null);
    return outcome !== "completed" && outcome !== "released" && isSame;
  };
  // A worker that ended the attempt at its limit says so by this name, as the SDK does.
  const outcome = failure.name === "AttemptTimeout" && failure.class === "timeout" ? "timed-out" : "failed";
  return end(context, proof, held, { outcome, failure }, same);
}

/** Hand a job back: no attempt is used, and it stands where it stood. Throws `not_found` and `lease_lost`. */
export async function releaseAttempt(context: HttpContext, call: AttemptCall): Promise<SettleAnswer> {
  const { proof, held } = await prove(context, call);
  const before = held === null ? null : await loadJobRows(context.engine.pool, [call.jobId], { brief: true });
  const runAtMs = before?.jobs[0]?.runAtMs;
  return end(
    context,
    proof,
    held,
    { outcome: "released", failure: null, runAtMs },
    ({ outcome }) => outcome === "released",
  );
}

export interface CheckpointBody {
  data: unknown;
  schemaVersion: number | null;
  artifacts: unknown;
}

/** Keep a checkpoint for the next attempt. Throws `not_found`, `lease_lost`, `too_large` and `validation`. */
export async function saveCheckpoint(
  context: HttpContext,
  call: AttemptCall,
  body: CheckpointBody,
): Promise<void> {
  const { proof, held } = await prove(context, call);
  if (held === null) throw await lost(context, proof);
  const data = storedText(body.data, "/data");
  const artifacts =
    body.artifacts === undefined || body.artifacts === null ? null : storedText(body.artifacts, "/artifacts");
  const saved = await writeCheckpoint(context.engine.settles, {
    ...proof,
    data,
    schemaVersion: body.schemaVersion,
    artifacts,
  });
  if (!saved) throw await lost(context, proof);
}

interface Proven {
  proof: AttemptProof;
  /** Null when the attempt is no longer the worker's. */
  held: HeldAttempt | null;
}

async function prove(context: HttpContext, { token, jobId, attempt }: AttemptCall): Promise<Proven> {
  const proof = await context.tokens.read(token, jobId, attempt);
  if (proof === null) throw await lost(context, { jobId, attempt });
  return { proof, held: await findHeldAttempt(context.engine.pool, proof) };
}

async function end(
  context: HttpContext,
  proof: AttemptProof,
  held: HeldAttempt | null,
  ended: { outcome: "failed" | "timed-out" | "released"; failure: FailureReport | null; runAtMs?: number },
  same: (record: SettledRecord) => boolean,
): Promise<SettleAnswer> {
  const { engine } = context;
  const { leaseId, workerId, jobId, attempt } = proof;
  if (held === null) return repeatOrRefuse(context, proof, same);
  const times = {
    startedAtMs: held.claimedAtMs,
    finishedAtMs: Math.max(held.claimedAtMs, engine.clock.nowMs()),
  };
  const settled = await endAttempts(
    engine,
    workerId,
    [{ leaseId, jobId, attempt, workerId, ...times, ...ended }],
    [leaseId],
  );
  return settled.has(jobId) ? { job: await viewOf(context, jobId) } : repeatOrRefuse(context, proof, same);
}

async function repeatOrRefuse(
  context: HttpContext,
  proof: AttemptProof,
  same: (record: SettledRecord) => boolean,
): Promise<SettleAnswer> {
  const record = await findSettledAttempt(context.engine.pool, proof.jobId, proof.attempt);
  if (record !== null && record.workerId === proof.workerId && same(record))
    return { job: await viewOf(context, proof.jobId), repeated: true };
  throw await lost(context, proof);
}

/** The refusal of a token that does not, or no longer, hold the attempt; `not_found` when there is no such job. */
export async function lost(
  { engine }: HttpContext,
  { jobId, attempt }: Pick<AttemptProof, "jobId" | "attempt">,
): Promise<SignalboxError> {
  const { jobs } = await loadJobRows(engine.pool, [jobId], { brief: true });
  const job = jobs[0];
  if (job === undefined) return noSuchJob(jobId);
  const stands = `job ${jobId} is ${job.state}, attempt ${job.attempt}`;
  return new SignalboxError(
    "lease_lost",
    `the token no longer holds attempt ${attempt}: ${stands}; nothing was changed, drop the result`,
  );
}

async function checkOutput(
  { engine }: HttpContext,
  held: HeldAttempt,
  output: unknown,
): Promise<string | null> {
  const text = output === undefined ? null : storedText(output, "/output");
  const definition = engine.catalog.current.lanes.get(held.lane)?.definition;
  const schema = definition && (await engine.catalog.specOf(definition, held.definitionVersion)).outputSchema;
  if (definition === undefined || schema === undefined) return text;
  const errors = validator
    .check(schema, output ?? null)
    .map(({ path, message }) => ({ path: `/output${path}`, message }));
  if (errors.length === 0) return text;
  const places = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  const what = `the output does not fit ${definition.name} version ${held.definitionVersion}: ${places}; the attempt is still open`;
  throw new SignalboxError("validation", what, { errors });
}

function storedText(value: unknown, path: string): string {
  const checked = checkPayload(value);
  if (checked.ok) return checked.text;
  const errors = [
    { path: `${path}${checked.path}`, message: checked.message.replace("the payload", "the value") },
  ];
  throw new SignalboxError(
    checked.code,
    `${path} was refused: ${errors[0]?.message}; the attempt is still open`,
    { errors },
  );
}

async function viewOf({ engine }: HttpContext, jobId: string): Promise<JobView> {
  const { jobs } = await loadJobRows(engine.pool, [jobId]);
  if (jobs[0] === undefined) throw noSuchJob(jobId);
  return toJobView(jobs[0]);
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** Longest causes kept of one report, counted over all levels. */
const maxCauses = 10;

function cutTexts(report: FailureReport): FailureReport {
  let causesLeft = maxCauses;
  const cut = (text: string | null | undefined, limit: number) =>
    typeof text === "string" ? text.slice(0, limit).toWellFormed() : text;
  const cutOne = (each: FailureReport): FailureReport => {
    const causes = (each.causes ?? []).slice(0, causesLeft);
    causesLeft -= causes.length;
    return {
      ...each,
      name: cut(each.name, failureTextLimits.name) as string,
      message: cut(each.message, failureTextLimits.message) as string,
      code: cut(each.code, failureTextLimits.code),
      stack: cut(each.stack, failureTextLimits.stack),
      dependency: cut(each.dependency, failureTextLimits.dependency),
      ...(causes.length > 0 ? { causes: causes.map(cutOne) } : { causes: undefined }),
    };
  };
  return cutOne(report);
}
