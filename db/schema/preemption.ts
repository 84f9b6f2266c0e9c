import { bigint } from "drizzle-orm/pg-core";
import { signalbox } from "./signalbox.ts";

/** Jobs asked to give up their slot at their next checkpoint. */
export const preemptRequests = signalbox.table("preempt_requests", {
  jobId: bigint("job_id", { mode: "bigint" }).primaryKey(),
  workerId: bigint("worker_id", { mode: "bigint" }).notNull(),
  leaseId: bigint("lease_id", { mode: "bigint" }).notNull(),
  requestedAtMs: bigint("requested_at_ms", { mode: "number" }).notNull(),
});
