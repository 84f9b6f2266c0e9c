import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import { registerWorker } from "#server/operations/workers/register-worker.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { isoTime, isoTimeOrNull } from "#server/store/jobs/job-view.ts";
import { listWorkers, type WorkerListRow } from "#server/store/workers/list-workers.ts";
import { type Route, route } from "../route.ts";
import { workerViewSchema } from "../schemas/catalog-schemas.ts";
import { workerListSchema } from "../schemas/query-schemas.ts";
import { giveUpWorker } from "../workers/give-up-worker.ts";
import { heartbeat } from "../workers/heartbeat.ts";
import { claimSchema, heartbeatSchema, registerSchema } from "../workers/worker-schemas.ts";

const namedAttempts = z.array(z.strictObject({ id: z.string(), attempt: z.int() }));
const positionSchema = z.tuple([z.string().refine(isJobId)]);

export const workerRoutes: Route[] = [
  route({
    method: "POST",
    path: "/workers",
    permission: "workers.run",
    name: "registerWorker",
    tag: "workers",
    summary: "Register a worker",
    description:
      "The registration ends when no heartbeat comes for three times heartbeatMs; a claim that waits counts as one.",
    texts: "replace",
    body: registerSchema,
    answers: {
      201: {
        description: "The worker's id and times",
        schema: z.strictObject({ workerId: z.string(), leaseMs: z.int(), heartbeatMs: z.int() }),
      },
    },
    handle: async ({ context, body }) => {
      const { engine, leaseMs, heartbeatMs } = context;
      const worker = { ...body, definitions: [...new Set(body.definitions)], version: body.version ?? null };
      const { workerId } = await registerWorker(engine, {
        ...worker,
        transport: "http",
        pid: null,
        heartbeatMs,
      });
      return { status: 201, json: { workerId, leaseMs, heartbeatMs } };
    },
  }),
  route({
    method: "GET",
    path: "/workers",
    permission: "workers.run",
    name: "listWorkers",
    tag: "workers",
    summary: "Registrations, newest first",
    description: "Those that have not ended, or with live=false all.",
    query: workerListSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({ workers: z.array(workerViewSchema), nextCursor: z.string().nullable() }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const beforeId = query.cursor === undefined ? null : decodeCursor(query.cursor, positionSchema)[0];
      const rows = await listWorkers(context.engine.pool, {
        live: query.live,
        beforeId,
        limit: query.limit + 1,
      });
      const page = rows.slice(0, query.limit);
      const nextCursor = rows.length > page.length ? encodeCursor([page.at(-1)?.id]) : null;
      return { status: 200, json: { workers: page.map(view), nextCursor } };
    },
  }),
  route({
    method: "POST",
    path: "/workers/{id}/claim",
    params: { id: "id" },
    permission: "workers.run",
    name: "claimJobs",
    tag: "workers",
    summary: "Take jobs, waiting for some if there are none",
    body: claimSchema,
    answers: {
      200: {
        description: "The jobs; none when the wait ran out",
        schema: z.strictObject({
          jobs: z.array(
            z.strictObject({
              id: z.string(),
              attempt: z.int(),
              token: z.string(),
              definition: z.string(),
              version: z.int(),
              payload: z.unknown(),
              checkpoint: z
                .strictObject({
                  data: z.unknown(),
                  schemaVersion: z.int().nullable(),
                  artifacts: z.unknown(),
                })
                .nullable(),
              timeoutMs: z.int(),
              traceparent: z.string().nullable(),
              dependencies: z.array(z.string()),
            }),
          ),
        }),
      },
    },
    refusals: [404, 410],
    handle: async ({ context, params, body, signal }) => {
      const jobs = await context.claims.claim({ workerId: params.id as string, ...body, signal });
      return { status: 200, json: { jobs } };
    },
  }),
  route({
    method: "POST",
    path: "/workers/{id}/heartbeat",
    params: { id: "id" },
    permission: "workers.run",
    name: "heartbeat",
    tag: "workers",
    summary: "Keep the registration and the jobs listed",
    description:
      "Renews exactly the jobs listed; one that is lost must be stopped, its result would be refused.",
    texts: "replace",
    body: heartbeatSchema,
    answers: {
      200: {
        description: "What to stop",
        schema: z.strictObject({
          cancel: namedAttempts,
          preempt: namedAttempts,
          lost: namedAttempts,
          drain: z.boolean(),
        }),
      },
    },
    refusals: [404, 410],
    handle: async ({ context, params, body }) => ({
      status: 200,
      json: await heartbeat(context, params.id as string, body),
    }),
  }),
  route({
    method: "DELETE",
    path: "/workers/{id}",
    params: { id: "id" },
    permission: "workers.run",
    name: "giveUpWorker",
    tag: "workers",
    summary: "End a registration and hand back what it holds",
    answers: {
      200: {
        description: "How many jobs were handed back",
        schema: z.strictObject({ workerId: z.string(), released: z.int() }),
      },
    },
    refusals: [404, 410],
    handle: async ({ context, params }) => {
      const workerId = params.id as string;
      return { status: 200, json: { workerId, released: await giveUpWorker(context.engine, workerId) } };
    },
  }),
];

function view({ startedAtMs, heartbeatAtMs, endedAtMs, ...worker }: WorkerListRow): object {
  return {
    ...worker,
    startedAt: isoTime(startedAtMs),
    heartbeatAt: isoTime(heartbeatAtMs),
    endedAt: isoTimeOrNull(endedAtMs),
  };
}
