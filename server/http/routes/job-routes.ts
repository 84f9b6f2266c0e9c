import { z } from "zod";
import { storableText } from "#core/definition/storable-text.ts";
import { submitBatchSchema, submitSchema } from "#core/definition/submit.ts";
import { SignalboxError } from "#core/error.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { noSuchJob } from "#server/operations/jobs/parse-job-id.ts";
import { retryJob } from "#server/operations/jobs/retry-job.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { toJobDetailView } from "#server/store/jobs/job-detail-view.ts";
import { toJobView } from "#server/store/jobs/job-view.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { type Route, route } from "../route.ts";
import { jobDetailSchema, jobSchema, pressureSchema, problemSchema } from "../schemas/job-schemas.ts";
import { jobListSchema } from "../schemas/query-schemas.ts";
import { loadJobView } from "./load-job-views.ts";
import { submitBatch } from "./submit-batch.ts";

/** Largest body of a batch, bytes: 8 MiB. */
const maxBatchBytes = 8_388_608;

const reason = storableText(1, 500).nullish();
const cancelSchema = z.strictObject({ reason });
const retrySchema = z.strictObject({ reason, payload: z.unknown().optional() });
const oneJob = z.strictObject({ job: jobSchema });
const submitted = z.strictObject({
  job: jobSchema,
  deduplicated: z.literal(true).optional(),
  pressure: pressureSchema.optional(),
});

export const jobRoutes: Route[] = [
  route({
    method: "POST",
    path: "/jobs",
    permission: "jobs.submit",
    name: "submitJob",
    tag: "jobs",
    summary: "Submit a job",
    description:
      "The payload is checked against the definition's schema. With an idempotencyKey that has a live receipt the job it names is answered and nothing is written. Under pressure a job is accepted with `pressure`, or refused with 429 `backpressure` and Retry-After.",
    body: submitSchema,
    texts: "handler",
    answers: {
      201: { description: "The job, written", schema: submitted },
      200: { description: "The job that the idempotencyKey names already", schema: submitted },
    },
    refusals: [404, 409, 413, 429],
    handle: async ({ context, body, actor }) => {
      const [result] = await enqueueJobs(context.engine, [body], { actor });
      if (result === undefined) throw new SignalboxError("internal", "a submit had no result");
      if (!result.ok) throw result.error;
      const job = await loadJobView(context.engine.pool, result.id);
      return result.deduplicated
        ? { status: 200, json: { job, deduplicated: true } }
        : { status: 201, json: result.pressure ? { job, pressure: result.pressure } : { job } };
    },
  }),
  route({
    method: "POST",
    path: "/jobs/batch",
    permission: "jobs.submit",
    name: "submitJobs",
    tag: "jobs",
    summary: "Submit up to 1,000 jobs",
    description: "Each job is accepted or refused by itself; the results are in the order of the jobs.",
    body: submitBatchSchema,
    texts: "handler",
    maxBodyBytes: maxBatchBytes,
    answers: {
      200: {
        description: "What became of each",
        schema: z.strictObject({
          results: z.array(z.union([submitted, z.strictObject({ error: problemSchema })])),
        }),
      },
    },
    refusals: [413, 429],
    handle: async ({ context, body, actor }) => ({
      status: 200,
      json: { results: await submitBatch(context.engine, body.jobs, actor) },
    }),
  }),
  route({
    method: "GET",
    path: "/jobs",
    permission: "jobs.read",
    name: "listJobs",
    tag: "jobs",
    summary: "List jobs, newest first",
    description:
      "state and priority take comma lists. A page may be short and still have a nextCursor: each call looks at a bounded number of jobs.",
    query: jobListSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({ jobs: z.array(jobSchema), nextCursor: z.string().nullable() }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const { jobs, nextCursor } = await listJobs(context.reads, query.filter, {
        limit: query.limit,
        cursor: query.cursor,
      });
      return { status: 200, json: { jobs: jobs.map(toJobView), nextCursor } };
    },
  }),
  route({
    method: "GET",
    path: "/jobs/{id}",
    params: { id: "id" },
    permission: "jobs.read",
    name: "getJob",
    tag: "jobs",
    summary: "One job with its attempts, events and waiting reasons",
    answers: { 200: { description: "The job", schema: z.strictObject({ job: jobDetailSchema }) } },
    refusals: [404],
    handle: async ({ context, params }) => {
      const id = params.id as string;
      const detail = await findJob(context.reads, id, context.engine.catalog.current.priority);
      if (detail === null) throw noSuchJob(id);
      return { status: 200, json: { job: toJobDetailView(detail) } };
    },
  }),
  route({
    method: "POST",
    path: "/jobs/{id}/cancel",
    params: { id: "id" },
    permission: "jobs.act",
    name: "cancelJob",
    tag: "jobs",
    summary: "Cancel a job",
    description:
      "A waiting job ends at once; of a running one its worker is told, and a completion that arrives first wins.",
    body: cancelSchema,
    bodyOptional: true,
    answers: { 200: { description: "The job", schema: oneJob } },
    refusals: [404, 409],
    handle: async ({ context, params, body, actor }) => {
      const jobId = params.id as string;
      await cancelJob(context.engine, { jobId, reason: body.reason ?? null, actor });
      return { status: 200, json: { job: await loadJobView(context.engine.pool, jobId) } };
    },
  }),
  route({
    method: "POST",
    path: "/jobs/{id}/retry",
    params: { id: "id" },
    permission: "jobs.act",
    name: "retryJob",
    tag: "jobs",
    summary: "Run a dead, cancelled, retryable or scheduled job now",
    description:
      "Attempt numbers go on, failures count from nothing. A payload replaces the one there was, which is kept.",
    body: retrySchema,
    bodyOptional: true,
    answers: { 200: { description: "The job", schema: oneJob } },
    refusals: [404, 409, 413],
    handle: async ({ context, params, body, actor }) => {
      const jobId = params.id as string;
      const payload = body.payload === undefined ? {} : { payload: body.payload };
      await retryJob(context.engine, { jobId, reason: body.reason ?? null, actor, ...payload });
      return { status: 200, json: { job: await loadJobView(context.engine.pool, jobId) } };
    },
  }),
];
