import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { jobStates } from "#core/job/job-state.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { findReceipt } from "#server/store/receipts/find-receipt.ts";
import { type Route, route } from "../route.ts";
import { instant } from "../schemas/job-schemas.ts";

const receiptSchema = z.strictObject({
  jobId: z.string(),
  state: z.enum(jobStates).nullable(),
  output: z.unknown(),
  expiresAt: instant,
});

export const receiptRoutes: Route[] = [
  route({
    method: "GET",
    path: "/receipts/{definition}/{key}",
    params: { definition: "name", key: "key" },
    permission: "receipts.read",
    name: "getReceipt",
    tag: "jobs",
    summary: "The job that an idempotency key names",
    answers: { 200: { description: "The receipt", schema: z.strictObject({ receipt: receiptSchema }) } },
    refusals: [404],
    handle: async ({ context, params }) => {
      const { pool } = context.engine;
      const { definition, key } = params as { definition: string; key: string };
      const receipt = await findReceipt(pool, definition, key);
      if (receipt === null)
        throw new SignalboxError(
          "not_found",
          `there is no live receipt of ${definition} for this key: it was never used, or its time has passed`,
        );
      const job = (await loadJobRows(pool, [receipt.jobId])).jobs[0];
      const output = job?.output ? JSON.parse(job.output) : null;
      const shown = {
        jobId: receipt.jobId,
        state: job?.state ?? null,
        output,
        expiresAt: receipt.expiresAt.toISOString(),
      };
      return { status: 200, json: { receipt: shown } };
    },
  }),
];
