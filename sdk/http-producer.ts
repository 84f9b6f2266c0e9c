import { type ErrorCode, errorStatus, type FieldError, SignalboxError } from "#core/error.ts";
import { BackpressureError } from "#core/pressure/backpressure-error.ts";
import type { PressureSignal } from "#core/pressure/pressure-signal.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { random } from "#server/system/random.ts";
import type { JobDefinition } from "./define-job.ts";
import type { EnqueuedJob, EnqueueOptions, JobToEnqueue } from "./producer.ts";
import { SubmitThrottles } from "./submit-throttles.ts";

/** Submits jobs over the HTTP API, for services that cannot reach the database. */
export interface HttpProducer {
  /** Submit one job. Resolves when it is durable; rejects with a SignalboxError, under pressure a BackpressureError. */
  enqueue<Input>(
    definition: JobDefinition<Input> | string,
    payload: Input,
    options?: Omit<EnqueueOptions, "tx" | "onPressure">,
  ): Promise<EnqueuedJob>;
  /** Submit up to 1,000 jobs at once; the result of each, or why it was refused, is at its place. */
  enqueueMany(jobs: readonly Omit<JobToEnqueue, "onPressure">[]): Promise<(EnqueuedJob | SignalboxError)[]>;
}

export interface HttpProducerOptions {
  /** Where Signalbox is, as `https://signalbox.example.com`. */
  url: string;
  /** A token of scope producer. */
  token: string;
  /** Limit of one call, ms; default 10,000. */
  timeoutMs?: number;
}

interface Problem {
  code?: string;
  detail?: string;
  errors?: FieldError[];
  retryAfterMs?: number;
}

type Submitted = { job: { id: string }; deduplicated?: boolean; pressure?: PressureSignal };

/**
 * A producer over HTTP. Definitions are registered by workers or operators, not by it. When most submits of a
 * definition are refused for pressure it refuses a growing part itself, without a call; see core/pressure/client-throttle.ts.
 */
export function createHttpProducer(options: HttpProducerOptions): HttpProducer {
  const base = `${options.url.replace(/\/+$/, "")}/api/v1`;
  const throttles = new SubmitThrottles(monotonicMs, random);

  const call = async <Answer>(path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${options.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
    const answer = (await response.json().catch(() => ({}))) as Answer & Problem;
    if (response.ok) return answer;
    const afterMs = Number(response.headers.get("retry-after")) * 1_000;
    throw toError(answer, response.status, afterMs > 0 ? afterMs : undefined);
  };

  return {
    async enqueue(definition, payload, submitOptions = {}) {
      const job = toBody(definition, payload, submitOptions);
      const refusal = throttles.refuse(job.definition);
      if (refusal !== null) throw refusal;
      try {
        const submitted = await call<Submitted>("/jobs", job);
        throttles.heard(job.definition, null);
        return toEnqueued(submitted);
      } catch (error) {
        throttles.heard(job.definition, error);
        throw error;
      }
    },

    async enqueueMany(jobs) {
      const bodies = jobs.map(({ definition, payload, ...rest }) => toBody(definition, payload, rest));
      const results = bodies.map(({ definition }): EnqueuedJob | SignalboxError | null =>
        throttles.refuse(definition),
      );
      const sent = bodies.flatMap((body, place) => (results[place] === null ? [{ body, place }] : []));
      if (sent.length > 0) {
        const answer = await call<{ results: (Submitted | { error: Problem & { status?: number } })[] }>(
          "/jobs/batch",
          { jobs: sent.map(({ body }) => body) },
        ).catch((failure: unknown) => {
          for (const { body } of sent) throttles.heard(body.definition, failure);
          throw failure;
        });
        for (const [index, { body, place }] of sent.entries()) {
          const one = answer.results[index];
          if (one === undefined) continue;
          const result = "error" in one ? toError(one.error, one.error.status ?? 500) : toEnqueued(one);
          throttles.heard(body.definition, result);
          results[place] = result;
        }
      }
      return results.map((result) => result ?? new SignalboxError("internal", "the submit had no result"));
    },
  };
}

function toBody(
  definition: JobDefinition<never> | JobDefinition | string,
  payload: unknown,
  { runAt, ...rest }: Omit<EnqueueOptions, "tx" | "onPressure">,
) {
  const name = typeof definition === "string" ? definition : definition.name;
  return { definition: name, payload, ...rest, ...(runAt ? { runAt: runAt.toISOString() } : {}) };
}

function toEnqueued({ job, deduplicated, pressure }: Submitted): EnqueuedJob {
  return { id: job.id, deduplicated: deduplicated ?? false, ...(pressure ? { pressure } : {}) };
}

function toError(problem: Problem, status: number, retryAfterMs = problem.retryAfterMs): SignalboxError {
  const detail = problem.detail ?? `Signalbox answered ${status}`;
  if (problem.code === "backpressure")
    return new BackpressureError(detail, { retryAfterMs: problem.retryAfterMs ?? retryAfterMs ?? 1_000 });
  const known = problem.code !== undefined && problem.code in errorStatus;
  const code = known ? (problem.code as ErrorCode) : status === 429 ? "too_many_requests" : "internal";
  return new SignalboxError(code, detail, {
    errors: problem.errors ?? [],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
