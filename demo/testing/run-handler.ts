import type { JobContext } from "#sdk/job-context.ts";

/** Runs a definition's handler as a worker would: input parsed first, a context that keeps what it was told. */
export async function runHandler<Input, Output>(
  definition: {
    input: { parse: (input: unknown) => Input };
    handler: (input: Input, context: JobContext) => Promise<Output> | Output;
  },
  input: unknown,
  more: Partial<JobContext> = {},
): Promise<{ output: Output; checkpoints: unknown[]; progress: (number | undefined)[] }> {
  const checkpoints: unknown[] = [];
  const progress: (number | undefined)[] = [];
  const context: JobContext = {
    jobId: "1",
    attempt: 1,
    signal: new AbortController().signal,
    idempotencyToken: crypto.randomUUID(),
    traceparent: null,
    lastCheckpoint: null,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    checkpoint: async (data) => {
      checkpoints.push(data);
    },
    progress: (share) => {
      progress.push(share);
    },
    ...more,
  };
  const output = await definition.handler(definition.input.parse(input), context);
  return { output, checkpoints, progress };
}
