import { z } from "zod";
import { type BulkAct, bulkActions, bulkActSchema } from "#core/bulk/bulk-action.ts";
import { bulkStates } from "#core/bulk/bulk-state.ts";
import { nameSchema } from "#core/definition/name.ts";
import { storableText } from "#core/definition/storable-text.ts";
import { SignalboxError } from "#core/error.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";
import type { BulkJobs } from "#server/operations/bulk/bulk-source.ts";
import { countBulk } from "#server/operations/bulk/count-bulk.ts";
import { noSuchBulk, refuseEmptyFilter, startBulk } from "#server/operations/bulk/start-bulk.ts";
import { steerBulk } from "#server/operations/bulk/steer-bulk.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { isoTime, isoTimeOrNull } from "#server/store/jobs/job-view.ts";
import { type Route, route } from "../route.ts";
import { instant } from "../schemas/job-schemas.ts";
import { jobFilterSchema } from "../schemas/query-schemas.ts";

/** Most ids of one call. */
const maxIds = 10_000;
/** How long a dry run counts, ms. */
const countBudgetMs = 10_000;

const reason = storableText(1, 500).nullish();
const jobId = z.string().refine(isJobId, "must be a job id: a whole number of at most 19 digits");
const bulkBody = z.strictObject({
  action: z.enum(bulkActions).exclude(["restore"]),
  priority: z.enum(priorityClasses).optional(),
  queue: nameSchema.optional(),
  filter: jobFilterSchema.optional(),
  ids: z.array(jobId).min(1).max(maxIds).optional(),
  reason,
  dryRun: z.boolean().optional(),
});
const steerBody = z.strictObject({ reason });

const operationSchema = z.strictObject({
  operationId: z.string(),
  action: z.enum(bulkActions),
  state: z.enum(bulkStates).exclude(["freezing"]),
  matched: z.int(),
  done: z.int(),
  failed: z.int(),
  skipped: z.int(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
const oneOperation = z.strictObject({ operation: operationSchema });

const steering = (["pause", "resume", "abort"] as const).map((verb) =>
  route({
    method: "POST",
    path: `/bulk/{id}/${verb}`,
    params: { id: "id" },
    permission: "jobs.act",
    name: `${verb}Bulk`,
    tag: "bulk",
    summary: `${verb[0]?.toUpperCase()}${verb.slice(1)} a bulk operation`,
    description: "Acts from its next batch on; what was done stays done.",
    body: steerBody,
    bodyOptional: true,
    answers: { 200: { description: "The operation", schema: oneOperation } },
    refusals: [404, 409],
    handle: async ({ context, params, body, actor }) => {
      const id = params.id as string;
      await steerBulk(context.engine, { id, verb, reason: body.reason ?? null, actor });
      return { status: 200, json: await view(context.engine.pool, id) };
    },
  }),
);

export const bulkRoutes: Route[] = [
  route({
    method: "POST",
    path: "/jobs/bulk",
    permission: "jobs.act",
    name: "actOnJobs",
    tag: "bulk",
    summary: "Do one thing to many jobs",
    description:
      "To the jobs of `ids`, or to those that `filter` finds now; exactly one of the two. `priority` goes with reprioritise, `queue` with move. The set is frozen at once and done in the background.",
    body: bulkBody,
    answers: {
      201: {
        description: "Started",
        schema: z.strictObject({ operationId: z.string(), matched: z.int() }),
      },
      200: {
        description: "Counted (`dryRun`); with `atLeast` the count was given up in between",
        schema: z.strictObject({
          matched: z.int(),
          operationId: z.null(),
          atLeast: z.literal(true).optional(),
        }),
      },
    },
    refusals: [404, 409],
    handle: async ({ context, body, actor }) => {
      const act = actOf(body);
      const jobs = jobsOf(body);
      if (body.dryRun) {
        if (jobs.kind === "filter") refuseEmptyFilter(jobs.filter);
        const { matched, exact } = await countBulk(
          context.reads,
          act.action,
          jobs,
          context.engine.catalog.current.redactor.shown,
          countBudgetMs,
        );
        return { status: 200, json: { matched, operationId: null, ...(exact ? {} : { atLeast: true }) } };
      }
      const started = await startBulk(context.engine, { act, jobs, reason: body.reason ?? null, actor });
      return { status: 201, json: { operationId: started.operationId, matched: started.matched } };
    },
  }),
  route({
    method: "GET",
    path: "/bulk/{id}",
    params: { id: "id" },
    permission: "bulk.read",
    name: "getBulk",
    tag: "bulk",
    summary: "How far a bulk operation is",
    answers: { 200: { description: "The operation", schema: oneOperation } },
    refusals: [404],
    handle: async ({ context, params }) => ({
      status: 200,
      json: await view(context.reads, params.id as string),
    }),
  }),
  ...steering,
];

function actOf({ action, priority, queue }: z.output<typeof bulkBody>): BulkAct {
  const parsed = bulkActSchema.safeParse({
    action,
    ...(priority === undefined ? {} : { priority }),
    ...(queue === undefined ? {} : { queue }),
  });
  if (parsed.success) return parsed.data;
  const needed = action === "reprioritise" ? "priority" : action === "move" ? "queue" : null;
  const field = needed ?? (priority === undefined ? "queue" : "priority");
  const message = needed === null ? `does not go with ${action}` : `is needed to ${action}, and nothing else`;
  throw new SignalboxError("validation", `${field} ${message}; nothing was done`, {
    errors: [{ path: `/${field}`, message }],
  });
}

function jobsOf({ filter, ids }: z.output<typeof bulkBody>): BulkJobs {
  if (filter !== undefined && ids === undefined) return { kind: "filter", filter };
  if (ids !== undefined && filter === undefined) return { kind: "ids", ids: [...new Set(ids)] };
  throw new SignalboxError("validation", "name the jobs by either a filter or ids; nothing was done", {
    errors: [{ path: "/filter", message: "is needed where there are no ids, and only there" }],
  });
}

async function view(db: Queryable, id: string): Promise<z.input<typeof oneOperation>> {
  const bulk = await findBulk(db, id);
  if (bulk === null) throw noSuchBulk(id);
  const { act, state, matched, done, failed, skipped } = bulk;
  const times = { createdAt: isoTime(bulk.createdAtMs), finishedAt: isoTimeOrNull(bulk.finishedAtMs) };
  const shown = state === "freezing" ? "running" : state;
  return {
    operation: {
      operationId: id,
      action: act.action,
      state: shown,
      matched,
      done,
      failed,
      skipped,
      ...times,
    },
  };
}
