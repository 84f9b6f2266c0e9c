import type { PriorityClass } from "#core/priority/priority-class.ts";

/** A job that the producer is going to submit; `delayMs` counts from the moment of submitting. */
export interface PlannedJob {
  job: string;
  input: unknown;
  priority?: PriorityClass;
  delayMs?: number;
  idempotencyKey?: string;
  tags: string[];
  correlationId: string;
}
