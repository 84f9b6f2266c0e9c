import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { defineJob } from "#sdk/index.ts";

/** Far longer than any test waits. */
const foreverMs = 600_000;

/** The first attempt runs until it is told to stop; later ones end at once. */
export const stuckAtFirst = defineJob({
  name: "stuck-at-first",
  queue: "e2e",
  input: z.object({ n: z.number() }),
  handler: async ({ n }, { attempt, signal }) => {
    if (attempt === 1) await pause(foreverMs, undefined, { signal });
    return { n };
  },
});

/** Takes as long as its payload says. */
export const timed = defineJob({
  name: "timed",
  queue: "e2e",
  input: z.object({ n: z.number(), ms: z.number() }),
  handler: async ({ n, ms }, { signal }) => {
    await pause(ms, undefined, { signal });
    return { n };
  },
});

/** Its only attempt never ends and heeds no signal. */
export const deaf = defineJob({
  name: "deaf",
  queue: "e2e",
  input: z.object({}),
  timeouts: { attemptMs: 1_000 },
  retryPolicy: {
    law: { kind: "constant", delayMs: 100 },
    jitter: "none",
    maxAttempts: 1,
    honourRetryAfter: true,
  },
  handler: () => new Promise<never>(() => undefined),
});

/** Its first attempt blocks the event loop far past its limit. */
export const spinning = defineJob({
  name: "spinning",
  queue: "e2e",
  input: z.object({ ms: z.number() }),
  timeouts: { attemptMs: 1_000 },
  handler: ({ ms }, { attempt }) => {
    const endMs = performance.now() + ms;
    while (attempt === 1 && performance.now() < endMs) JSON.stringify({ busy: true });
    return { attempt };
  },
});

export const jobs = [stuckAtFirst, timed, deaf, spinning];
