import { z } from "zod";
import { type Call, type Route, route } from "../route.ts";
import { jobSchema } from "../schemas/job-schemas.ts";
import { keepLogs } from "../workers/keep-logs.ts";
import {
  type AttemptCall,
  completeAttempt,
  failAttempt,
  releaseAttempt,
  saveCheckpoint,
} from "../workers/settle-attempt.ts";
import {
  checkpointSchema,
  completeSchema,
  failSchema,
  logsSchema,
  releaseSchema,
} from "../workers/worker-schemas.ts";

const settled = z.strictObject({ job: jobSchema, repeated: z.literal(true).optional() });

const shared = {
  method: "POST",
  params: { id: "id", number: "attempt" },
  permission: "workers.run",
  tag: "attempts",
  texts: "replace",
  refusals: [404, 409, 413],
} as const;

const again =
  "The very same settle again is answered with repeated and does nothing; any other with a spent token is lease_lost.";

export const attemptRoutes: Route[] = [
  route({
    ...shared,
    refusals: [...shared.refusals],
    path: "/jobs/{id}/attempts/{number}/complete",
    name: "completeAttempt",
    summary: "Complete an attempt",
    description: `An output that does not fit the definition's schema is refused, and the attempt stays open. ${again}`,
    body: completeSchema,
    answers: { 200: { description: "The job", schema: settled } },
    handle: async (call) => ({
      status: 200,
      json: await completeAttempt(call.context, attemptOf(call), call.body.output),
    }),
  }),
  route({
    ...shared,
    refusals: [...shared.refusals],
    path: "/jobs/{id}/attempts/{number}/fail",
    name: "failAttempt",
    summary: "Report that an attempt failed",
    description: `The rules classify the error and the policy decides: another attempt, or the dead letter. ${again}`,
    body: failSchema,
    answers: { 200: { description: "The job", schema: settled } },
    handle: async (call) => ({
      status: 200,
      json: await failAttempt(call.context, attemptOf(call), call.body.error),
    }),
  }),
  route({
    ...shared,
    refusals: [...shared.refusals],
    path: "/jobs/{id}/attempts/{number}/release",
    name: "releaseAttempt",
    summary: "Hand a job back",
    description: `No attempt is used, and the job stands in line where it stood. ${again}`,
    body: releaseSchema,
    answers: { 200: { description: "The job", schema: settled } },
    handle: async (call) => ({ status: 200, json: await releaseAttempt(call.context, attemptOf(call)) }),
  }),
  route({
    ...shared,
    refusals: [...shared.refusals],
    path: "/jobs/{id}/attempts/{number}/checkpoint",
    name: "saveCheckpoint",
    summary: "Keep what the next attempt should start from",
    body: checkpointSchema,
    answers: { 200: { description: "Kept", schema: z.strictObject({ saved: z.literal(true) }) } },
    handle: async (call) => {
      const { data, schemaVersion, artifacts } = call.body;
      await saveCheckpoint(call.context, attemptOf(call), {
        data,
        schemaVersion: schemaVersion ?? null,
        artifacts,
      });
      return { status: 200, json: { saved: true } };
    },
  }),
  route({
    ...shared,
    refusals: [...shared.refusals],
    path: "/jobs/{id}/attempts/{number}/logs",
    name: "keepLogs",
    summary: "Keep lines that the handler logged",
    description:
      "At most 1,000 lines and 256 KiB an attempt are kept; secrets are cut out before. Sending lines again changes nothing, and lines may come after the attempt has ended.",
    body: logsSchema,
    answers: {
      200: {
        description: "How many lines were taken; the rest was beyond the limit",
        schema: z.strictObject({ kept: z.number().int().min(0) }),
      },
    },
    handle: async (call) => ({
      status: 200,
      json: { kept: await keepLogs(call.context, attemptOf(call), call.body.lines) },
    }),
  }),
];

function attemptOf({ params, body }: Call<{ token: string }, unknown>): AttemptCall {
  return { jobId: params.id as string, attempt: Number(params.number), token: body.token };
}
