import { checkPayload } from "#core/definition/payload-limits.ts";
import type { SubmittedJob } from "#core/definition/submit.ts";
import { SignalboxError } from "#core/error.ts";
import { BackpressureError } from "#core/pressure/backpressure-error.ts";
import type { PressureSignal } from "#core/pressure/pressure-signal.ts";
import { priorityRank } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction, retryDeadlock } from "#db/transaction.ts";
import { insertJobs, type NewJob } from "#server/store/jobs/insert-jobs.ts";
import { findReceipts } from "#server/store/receipts/find-receipts.ts";
import type { CatalogDefinition } from "../catalog/catalog.ts";
import type { Engine } from "../engine.ts";
import { SchemaValidator } from "./schema-validator.ts";

export type EnqueueResult =
  | { ok: true; id: string; deduplicated: boolean; pressure?: PressureSignal }
  | { ok: false; error: SignalboxError };

export interface EnqueueOptions {
  /** Who submits, as it will stand on the jobs. */
  actor: string;
  /** The caller's own transaction: the jobs come to be when it commits, and workers find them within a second. */
  transaction?: Queryable;
  /**
   * Under pressure accept all and say so (`signal`), or refuse what may be refused with a BackpressureError (`reject`).
   * Default: signal within a transaction of the caller's, whose work would be undone with it, else reject.
   */
  onPressure?: "signal" | "reject";
}

const validator = new SchemaValidator();

/**
 * Submit jobs: each is checked against its definition, the good ones are written together, and the result of each
 * is at its place. A live receipt for (definition, idempotencyKey) answers with the job it names. Rejects only when
 * the database cannot be reached or the caller's transaction is broken; then nothing was written.
 */
export async function enqueueJobs(
  engine: Engine,
  submits: SubmittedJob[],
  options: EnqueueOptions,
): Promise<EnqueueResult[]> {
  const results = new Array<EnqueueResult>(submits.length);
  const jobs: NewJob[] = [];
  const places: number[] = [];
  const firstOfKey = new Map<string, number>();
  const repeats: { place: number; of: number }[] = [];
  for (const [place, submit] of submits.entries()) {
    const prepared = await prepare(engine, submit, options.actor);
    if (prepared instanceof SignalboxError) {
      results[place] = { ok: false, error: prepared };
      continue;
    }
    if (prepared.idempotencyKey !== null) {
      const key = `${prepared.definitionId} ${prepared.idempotencyKey}`;
      const first = firstOfKey.get(key);
      if (first !== undefined) {
        repeats.push({ place, of: first });
        continue;
      }
      firstOfKey.set(key, place);
    }
    jobs.push(prepared);
    places.push(place);
  }
  if (jobs.some((job) => drainingQueue(engine, job) !== null))
    await refuseDraining(engine, jobs, places, results, options);
  const signals = await admitJobs(engine, jobs, places, results, options);
  if (jobs.length > 0) await write(engine, jobs, places, results, options);
  for (const [place, pressure] of signals) {
    const result = results[place];
    if (result?.ok) results[place] = { ...result, pressure };
  }
  for (const { place, of } of repeats) {
    const first = results[of];
    if (first) results[place] = first.ok ? { ...first, deduplicated: true } : first;
  }
  return results;
}

/** Take out what is for a queue that drains; a submit that a live receipt answers is answered all the same. */
async function refuseDraining(
  engine: Engine,
  jobs: NewJob[],
  places: number[],
  results: EnqueueResult[],
  options: EnqueueOptions,
): Promise<void> {
  const keyed = jobs.filter((job) => job.idempotencyKey !== null && drainingQueue(engine, job) !== null);
  const receipts = await findReceipts(options.transaction ?? engine.pool, keyed);
  for (let index = jobs.length - 1; index >= 0; index--) {
    const job = jobs[index] as NewJob;
    const queue = drainingQueue(engine, job);
    if (queue === null) continue;
    const id = receipts.get(`${job.definitionId} ${job.idempotencyKey}`);
    const message = `queue ${queue} is being drained and takes no new jobs; nothing was submitted: submit it when the drain is over or cancelled`;
    results[places[index] as number] = id
      ? { ok: true, id, deduplicated: true }
      : { ok: false, error: new SignalboxError("invalid_state", message) };
    jobs.splice(index, 1);
    places.splice(index, 1);
  }
}

/**
 * Take out what pressure refuses, and say which of the others are to be told of it. Asks nothing but memory, unless a
 * job with an idempotency key would be refused: a submit that a live receipt answers is answered all the same.
 */
async function admitJobs(
  engine: Engine,
  jobs: NewJob[],
  places: number[],
  results: EnqueueResult[],
  options: EnqueueOptions,
): Promise<Map<number, PressureSignal>> {
  const signals = new Map<number, PressureSignal>();
  const refused = new Map<number, BackpressureError>();
  const mayReject = (options.onPressure ?? (options.transaction ? "signal" : "reject")) === "reject";
  const nowMs = engine.clock.nowMs();
  for (const [index, job] of jobs.entries()) {
    const lane = engine.catalog.current.lanes.get(job.lane);
    if (lane === undefined) continue;
    const admission = engine.pressure.admit(lane, job.rank, job.runAtMs !== null && job.runAtMs > nowMs);
    const rejects = admission.kind === "reject" && mayReject;
    if (admission.cause !== null)
      engine.admissions.count(rejects ? "refused" : "signalled", lane.queue.id, admission.cause);
    if (admission.kind === "reject" && mayReject) {
      const { because, retryAfterMs, signal } = admission;
      const message = `${because}; nothing was submitted: submit it again in ${Math.ceil(retryAfterMs / 1_000)} s or later`;
      refused.set(index, new BackpressureError(message, { retryAfterMs, level: signal.level }));
    } else if (admission.signal !== null) signals.set(places[index] as number, admission.signal);
  }
  if (refused.size === 0) return signals;
  const keyed = [...refused.keys()].map((index) => jobs[index] as NewJob).filter((job) => job.idempotencyKey);
  const receipts = await findReceipts(options.transaction ?? engine.pool, keyed);
  for (const [index, error] of [...refused].reverse()) {
    const job = jobs[index] as NewJob;
    const id = receipts.get(`${job.definitionId} ${job.idempotencyKey}`);
    results[places[index] as number] = id ? { ok: true, id, deduplicated: true } : { ok: false, error };
    jobs.splice(index, 1);
    places.splice(index, 1);
  }
  return signals;
}

function drainingQueue(engine: Engine, job: NewJob): string | null {
  const queue = engine.catalog.current.lanes.get(job.lane)?.queue;
  return queue && queue.drainingSinceMs !== null ? queue.name : null;
}

async function write(
  engine: Engine,
  jobs: NewJob[],
  places: number[],
  results: EnqueueResult[],
  options: EnqueueOptions,
): Promise<void> {
  const { actor, transaction } = options;
  const needsTransaction = jobs.some((job) => job.totalMs !== null);
  const rides = !transaction && engine.wake.mayRide();
  const insert = (db: Queryable) => insertJobs(db, jobs, actor, rides);
  const inserted = transaction
    ? await insert(transaction)
    : needsTransaction
      ? await inTransaction(engine.pool, insert)
      : await retryDeadlock(() => insert(engine.pool));
  const fresh = (job: NewJob) => inserted.ids === "all" || inserted.ids.has(job.id);
  const taken = jobs.filter((job) => !fresh(job));
  const receipts =
    taken.length > 0 ? await findReceipts(transaction ?? engine.pool, taken) : new Map<string, string>();
  for (const [index, job] of jobs.entries()) {
    const place = places[index] as number;
    if (fresh(job)) {
      results[place] = { ok: true, id: job.id, deduplicated: false };
      engine.meter.count("submitted", job.lane, job.rank);
    } else {
      const id = receipts.get(`${job.definitionId} ${job.idempotencyKey}`);
      results[place] = id
        ? { ok: true, id, deduplicated: true }
        : {
            ok: false,
            error: new SignalboxError(
              "conflict",
              "the receipt of this idempotencyKey just ended: submit again",
            ),
          };
    }
  }
  if (inserted.wake && !transaction && !rides) engine.wake.send(new Set(jobs.map((job) => job.lane)));
}

async function prepare(
  engine: Engine,
  submit: SubmittedJob,
  actor: string,
): Promise<NewJob | SignalboxError> {
  const definition = await findDefinition(engine, submit.definition);
  if (definition === undefined) return unknownDefinition(engine, submit.definition);
  const { spec } = definition;
  if (spec.guarantee === "once-per-key" && submit.idempotencyKey === undefined) {
    const errors = [
      { path: "/idempotencyKey", message: "is required: the definition promises once per key" },
    ];
    return new SignalboxError(
      "validation",
      `${definition.name} runs once per key: submit it with an idempotencyKey`,
      { errors },
    );
  }
  const payload = checkPayload(submit.payload);
  if (!payload.ok) {
    const errors = [{ path: `/payload${payload.path}`, message: payload.message }];
    return new SignalboxError(payload.code, `the payload was refused: ${payload.message}`, { errors });
  }
  const broken = validator.check(spec.inputSchema, submit.payload);
  if (broken.length > 0) {
    const errors = broken.map(({ path, message }) => ({ path: `/payload${path}`, message }));
    const places = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
    return new SignalboxError(
      "validation",
      `the payload does not fit ${definition.name} version ${definition.version}: ${places}`,
      { errors },
    );
  }
  const lane = engine.catalog.current.laneOf(definition);
  if (lane === undefined) return unknownDefinition(engine, submit.definition);
  return {
    id: engine.ids.next(),
    lane,
    rank: priorityRank(submit.priority ?? spec.priority),
    definitionVersion: definition.version,
    definitionId: definition.id,
    payload: payload.text,
    runAtMs: submit.runAtMs ?? null,
    idempotencyKey: submit.idempotencyKey ?? null,
    concurrencyKey: submit.concurrencyKey ?? null,
    correlationId: submit.correlationId ?? null,
    traceparent: submit.traceparent ?? null,
    tags: submit.tags && submit.tags.length > 0 ? submit.tags : null,
    submittedBy: actor,
    totalMs: spec.timeouts.totalMs ?? null,
  };
}

/** The definition by name; one that is not in memory may just have been registered, so the database is asked once. */
async function findDefinition(engine: Engine, name: string): Promise<CatalogDefinition | undefined> {
  const known = engine.catalog.current.definitions.get(name);
  if (known) return known;
  await engine.catalog.check();
  return engine.catalog.current.definitions.get(name);
}

function unknownDefinition(engine: Engine, name: string): SignalboxError {
  const names = [...engine.catalog.current.definitions.keys()].sort().slice(0, 10);
  const known = names.length > 0 ? `known are ${names.join(", ")}` : "none is registered yet";
  return new SignalboxError(
    "unknown_definition",
    `there is no definition ${JSON.stringify(name)}: ${known}; register it by PUT /definitions or start a worker that has it`,
    {
      errors: [{ path: "/definition", message: "is not a registered definition" }],
    },
  );
}
