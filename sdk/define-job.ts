import { z } from "zod";
import type { DefinitionSpec } from "#core/definition/definition.ts";
import type { PriorityClass } from "#core/priority/priority-class.ts";
import type { JobContext } from "./job-context.ts";

/** What `defineJob` takes; everything but name, queue, input and handler has a default. */
export interface JobOptions<Input, Output> {
  /** 1–100 of a–z 0–9 . _ - */
  name: string;
  queue: string;
  /** The payload: checked when a job is submitted and parsed again before the handler gets it. */
  input: z.ZodType<Input>;
  /** What the handler returns, when that is to be checked. */
  output?: z.ZodType<Output>;
  /** Default `normal`. */
  priority?: PriorityClass;
  /** Name of a policy or a policy of its own; default `default`. */
  retryPolicy?: DefinitionSpec["retryPolicy"] | Record<string, unknown>;
  /** `attemptMs` 60,000 unless said; `heartbeatMs` the longest silence between two `ctx.progress` or `ctx.checkpoint`. */
  timeouts?: { attemptMs?: number; heartbeatMs?: number; totalMs?: number };
  /** Most of its jobs at once, over all workers; default no cap of its own. */
  maxRunning?: number;
  guarantee?: DefinitionSpec["guarantee"];
  /** Services the handler calls; failures, breakers and retry budgets go by these names. */
  dependencies?: string[];
  /**
   * Register it even when its `input` may refuse payloads that the newest version accepts; default false: the worker then
   * does not start. To be taken out again once it is written.
   */
  forceSchema?: boolean;
  /** Submits may be refused while its class waits far beyond its budget; never what was accepted. Default false. */
  sheddable?: boolean;
  /** Its jobs may be kept back, ten minutes at most, while critical or high miss their budgets. Default false. */
  deferrable?: boolean;
  /**
   * Its jobs give up their slot at `ctx.checkpoint` when critical or high work is late and no slot is free: at most twice a
   * job, with no attempt used. Default false.
   */
  preemptible?: boolean;
  /**
   * What takes over its jobs while a breaker holds them: the definition of that name, or the output of a completed job of
   * the same payload that is not older than `maxAgeMs`. Default nothing.
   */
  fallback?: { definition: string } | { result: "cached"; maxAgeMs: number };
  /** Retries of all its jobs together, as a share of first starts; default none but that of its dependencies. */
  retryBudget?: { ratio?: number; minPerSecond?: number; windowMs?: number };
  owner?: string;
  runbookUrl?: string;
  description?: string;
  handler: (input: Input, context: JobContext) => Promise<Output> | Output;
}

export interface JobDefinition<Input = unknown, Output = unknown> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output> | null;
  // A method, so that definitions of different inputs fit one list.
  handler(input: Input, context: JobContext): Promise<Output> | Output;
  /** The body that registers it. */
  readonly body: Record<string, unknown>;
}

/** Define a kind of job: where it queues, what it takes, and the function that does it. */
export function defineJob<Input, Output = unknown>(
  options: JobOptions<Input, Output>,
): JobDefinition<Input, Output> {
  const { name, input, output, handler, timeouts, forceSchema, ...rest } = options;
  const toSchema = (type: z.ZodType) => z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
  const body = {
    ...rest,
    inputSchema: toSchema(input),
    ...(output ? { outputSchema: toSchema(output) } : {}),
    timeouts: { attemptMs: 60_000, ...timeouts },
    target: { kind: "worker" },
    ...(forceSchema ? { force: true } : {}),
  };
  return { name, input, output: output ?? null, handler, body };
}
