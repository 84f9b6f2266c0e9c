import type { SubmittedJob } from "#core/definition/submit.ts";
import { submitSchema } from "#core/definition/submit.ts";
import type { SignalboxError } from "#core/error.ts";
import type { PressureSignal } from "#core/pressure/pressure-signal.ts";
import type { PriorityClass } from "#core/priority/priority-class.ts";
import { validationError } from "#core/validation-error.ts";
import { assertSchema } from "#db/migrate.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { type EnqueueResult, enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { type Log, openLog } from "#server/system/log.ts";
import { type CallerTransaction, queryableOf } from "./caller-transaction.ts";
import type { JobDefinition } from "./define-job.ts";
import { registerJobs } from "./register-jobs.ts";
import { SubmitThrottles } from "./submit-throttles.ts";

export interface EnqueueOptions {
  priority?: PriorityClass;
  /** Not before; now when absent or past. */
  runAt?: Date;
  /** One job for (definition, key) within seven days; a second submit answers with the first. */
  idempotencyKey?: string;
  /** Of the jobs with one key only so many run at once as their queue lets (`maxRunningPerKey`): a tenant, as a rule. */
  concurrencyKey?: string;
  tags?: string[];
  correlationId?: string;
  /** W3C trace context to carry to the handler. */
  traceparent?: string;
  /**
   * Under pressure accept the job and say so on the result (`signal`), or refuse what may be refused with a
   * BackpressureError (`reject`). Default: signal with `tx`, else reject.
   */
  onPressure?: "signal" | "reject";
  /** The caller's own transaction (pg client or Drizzle): the job exists when it commits, or never. */
  tx?: CallerTransaction;
}

export interface EnqueuedJob {
  id: string;
  /** An earlier submit with the same idempotency key had made it. */
  deduplicated: boolean;
  /** There is pressure on its class or queue: slow down. */
  pressure?: PressureSignal;
}

/** A job for {@link Producer.enqueueMany}. */
export interface JobToEnqueue extends Omit<EnqueueOptions, "tx" | "onPressure"> {
  definition: string | JobDefinition;
  payload: unknown;
}

export interface Producer {
  /**
   * Submit one job. Resolves when it is durable; rejects with a SignalboxError that names the field, or with a
   * BackpressureError that says when to come again.
   */
  enqueue<Input>(
    definition: JobDefinition<Input> | string,
    payload: Input,
    options?: EnqueueOptions,
  ): Promise<EnqueuedJob>;
  /** Submit many at once; the result of each, or why it was refused, is at its place. */
  enqueueMany(
    jobs: readonly JobToEnqueue[],
    options?: Pick<EnqueueOptions, "tx" | "onPressure">,
  ): Promise<(EnqueuedJob | SignalboxError)[]>;
  /** Wake workers after a transaction with `tx` committed; without it they look within a second. */
  wake(): void;
  close(): Promise<void>;
}

export interface ProducerOptions {
  connectionString: string;
  /** Who submits, as the jobs will show it; default `sdk`. */
  name?: string;
  log?: Log;
}

/** Most jobs of one statement. */
const largestBatch = 1_000;
/** Statements under way at once. */
const mostAtOnce = 2;

type OnPressure = NonNullable<EnqueueOptions["onPressure"]>;

interface Waiting {
  submit: SubmittedJob;
  onPressure: OnPressure;
  resolve: (result: EnqueueResult) => void;
  reject: (error: unknown) => void;
}

/**
 * Submits jobs to a migrated Postgres. Single submits that come while others are under way share the next statement
 * and its commit, so many callers cost little more than one.
 */
export async function createProducer(options: ProducerOptions): Promise<Producer> {
  await assertSchema(options.connectionString);
  const log = options.log ?? openLog("info", "producer");
  const engine = await openEngine({
    connectionString: options.connectionString,
    applicationName: "signalbox producer",
    log,
    poolSize: 4,
  });
  return new PostgresProducer(engine, options.name ?? "sdk");
}

class PostgresProducer implements Producer {
  readonly #engine: Engine;
  readonly #actor: string;
  readonly #registered = new Set<string>();
  readonly #touched = new Set<number>();
  readonly #throttles: SubmitThrottles;
  #waiting: Waiting[] = [];
  #active = 0;
  #whenIdle: (() => void)[] = [];

  constructor(engine: Engine, actor: string) {
    this.#engine = engine;
    this.#actor = actor;
    this.#throttles = new SubmitThrottles(monotonicMs, engine.random);
  }

  async enqueue<Input>(
    definition: JobDefinition<Input> | string,
    payload: Input,
    options: EnqueueOptions = {},
  ): Promise<EnqueuedJob> {
    await this.#ensureRegistered(definition);
    const { tx, onPressure = tx ? "signal" : "reject", ...rest } = options;
    const submit = toSubmit(nameOf(definition), payload, rest);
    const [result] = tx
      ? await this.#inTransaction([submit], tx, onPressure)
      : [await this.#throttled(submit, onPressure)];
    if (result?.ok) return toEnqueued(result);
    throw result?.error ?? new Error("the submit had no result");
  }

  async enqueueMany(
    jobs: readonly JobToEnqueue[],
    options: Pick<EnqueueOptions, "tx" | "onPressure"> = {},
  ): Promise<(EnqueuedJob | SignalboxError)[]> {
    for (const { definition } of jobs)
      if (typeof definition !== "string") await this.#ensureRegistered(definition);
    const submits = jobs.map(({ definition, payload, ...rest }) =>
      toSubmit(nameOf(definition), payload, rest),
    );
    const { tx, onPressure = tx ? "signal" : "reject" } = options;
    const results: EnqueueResult[] = [];
    for (let from = 0; from < submits.length; from += largestBatch) {
      const batch = submits.slice(from, from + largestBatch);
      results.push(
        ...(tx
          ? await this.#inTransaction(batch, tx, onPressure)
          : await enqueueJobs(this.#engine, batch, { actor: this.#actor, onPressure })),
      );
    }
    return results.map((result) => (result.ok ? toEnqueued(result) : result.error));
  }

  wake(): void {
    this.#engine.wake.send(this.#touched);
    this.#touched.clear();
  }

  async close(): Promise<void> {
    if (this.#waiting.length > 0 || this.#active > 0)
      await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await this.#engine.close();
  }

  /** With the producer's own brake, where a refusal is what the caller wants. */
  async #throttled(submit: SubmittedJob, onPressure: OnPressure): Promise<EnqueueResult> {
    if (onPressure === "signal") return this.#inBatch(submit, onPressure);
    const error = this.#throttles.refuse(submit.definition);
    if (error !== null) return { ok: false, error };
    const result = await this.#inBatch(submit, onPressure).catch((failure: unknown) => {
      this.#throttles.heard(submit.definition, failure);
      throw failure;
    });
    this.#throttles.heard(submit.definition, result.ok ? null : result.error);
    return result;
  }

  #inBatch(submit: SubmittedJob, onPressure: OnPressure): Promise<EnqueueResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ submit, onPressure, resolve, reject });
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#active < mostAtOnce && this.#waiting.length > 0) {
      // Those that want the same done under pressure share a statement.
      const mode = this.#waiting[0]?.onPressure;
      const other = this.#waiting.findIndex((each) => each.onPressure !== mode);
      const batch = this.#waiting.splice(0, other < 0 ? largestBatch : Math.min(other, largestBatch));
      this.#active++;
      void this.#send(batch);
    }
  }

  async #send(batch: Waiting[]): Promise<void> {
    try {
      const results = await enqueueJobs(
        this.#engine,
        batch.map((each) => each.submit),
        { actor: this.#actor, onPressure: batch[0]?.onPressure },
      );
      for (const [index, each] of batch.entries()) each.resolve(results[index] as EnqueueResult);
    } catch (error) {
      for (const each of batch) each.reject(error);
    }
    this.#active--;
    this.#flush();
    if (this.#active === 0 && this.#waiting.length === 0)
      for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  async #inTransaction(
    submits: SubmittedJob[],
    tx: CallerTransaction,
    onPressure: OnPressure,
  ): Promise<EnqueueResult[]> {
    const results = await enqueueJobs(this.#engine, submits, {
      actor: this.#actor,
      onPressure,
      transaction: queryableOf(tx),
    });
    for (const { definition } of submits) {
      const known = this.#engine.catalog.current.definitions.get(definition);
      const lane = known && this.#engine.catalog.current.laneOf(known);
      if (lane !== undefined) this.#touched.add(lane);
    }
    return results;
  }

  /** A definition given as code is registered by its first submit, unless a worker already has. */
  async #ensureRegistered(definition: JobDefinition | string): Promise<void> {
    if (typeof definition === "string" || this.#registered.has(definition.name)) return;
    if (!this.#engine.catalog.current.definitions.has(definition.name))
      await registerJobs(this.#engine, [definition]);
    this.#registered.add(definition.name);
  }
}

function toEnqueued({ id, deduplicated, pressure }: EnqueueResult & { ok: true }): EnqueuedJob {
  return pressure ? { id, deduplicated, pressure } : { id, deduplicated };
}

function nameOf(definition: JobDefinition | string): string {
  return typeof definition === "string" ? definition : definition.name;
}

function toSubmit(
  definition: string,
  payload: unknown,
  options: Omit<EnqueueOptions, "tx" | "onPressure">,
): SubmittedJob {
  const { runAt, ...rest } = options;
  // The quick way for the usual case; anything more is checked as the HTTP API would.
  if (runAt === undefined && Object.keys(rest).length === 0) return { definition, payload };
  const parsed = submitSchema.safeParse({
    definition,
    payload,
    ...rest,
    ...(runAt ? { runAt: runAt.toISOString() } : {}),
  });
  if (!parsed.success) throw validationError(parsed.error, "the job");
  return parsed.data;
}
