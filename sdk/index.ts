export { SignalboxError } from "#core/error.ts";
export type { FailureReport } from "#core/failure/failure-report.ts";
export { BackpressureError } from "#core/pressure/backpressure-error.ts";
export type { PressureSignal } from "#core/pressure/pressure-signal.ts";
export { createWorker, type SignalboxWorker, type WorkerOptions } from "./create-worker.ts";
export { defineJob, type JobDefinition, type JobOptions } from "./define-job.ts";
export { DependencyError, PermanentError, RateLimitedError } from "./errors.ts";
export { createHttpProducer, type HttpProducer, type HttpProducerOptions } from "./http-producer.ts";
export type { Checkpoint, JobContext, JobLog } from "./job-context.ts";
export {
  createProducer,
  type EnqueuedJob,
  type EnqueueOptions,
  type JobToEnqueue,
  type Producer,
} from "./producer.ts";
export { type HttpTransportOptions, httpTransport } from "./transports/http.ts";
export type { Transport } from "./transports/transport.ts";
