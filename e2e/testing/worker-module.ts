import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { DependencyError, defineJob, PermanentError } from "#sdk/index.ts";

const quickRetries = { law: { kind: "constant", delayMs: 200 }, jitter: "none", maxAttempts: 3 };

/** Completes at once with what it was given. */
const echo = defineJob({
  name: "e2e-echo",
  queue: "e2e",
  input: z.object({ text: z.string() }),
  handler: ({ text }) => ({ text }),
});

/** Fails its first attempt with an unreachable service, and completes in the second. */
const stumble = defineJob({
  name: "e2e-stumble",
  queue: "e2e",
  input: z.object({ text: z.string() }),
  retryPolicy: quickRetries,
  dependencies: ["e2e-service"],
  handler: ({ text }, { attempt }) => {
    if (attempt === 1) throw new DependencyError("e2e-service");
    return { text };
  },
});

/** Fails in a way that no retry mends: dead after one attempt. */
const refuse = defineJob({
  name: "e2e-refuse",
  queue: "e2e",
  input: z.object({ text: z.string() }),
  retryPolicy: quickRetries,
  handler: ({ text }) => {
    throw new PermanentError(`no account is named ${text}`);
  },
});

/** Runs until it is told to stop, or for a minute. */
const linger = defineJob({
  name: "e2e-linger",
  queue: "e2e",
  input: z.object({ text: z.string() }),
  handler: (_input, { signal }) => wait(60_000, null, { signal }),
});

/** What `signalbox worker e2e/testing/worker-module.ts` runs for the browser tests. */
export const jobs = [echo, stumble, refuse, linger];
