import { existsSync } from "node:fs";
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

/** Runs until it is told to stop, or for a minute, and logs a line twice a second. */
const linger = defineJob({
  name: "e2e-linger",
  queue: "e2e",
  input: z.object({ text: z.string() }),
  handler: async (_input, { signal, log }) => {
    for (let round = 1; round <= 120; round++) {
      log.info(`round ${round}`, { password: "e2e-canary-in-log" });
      await wait(500, null, { signal });
    }
  },
});

/** Dead at once unless the account is `ann`; its password is nobody's to read. */
const guarded = defineJob({
  name: "e2e-guarded",
  queue: "e2e",
  input: z.object({ account: z.string(), password: z.string(), amount: z.int().positive() }),
  retryPolicy: quickRetries,
  handler: ({ account, password, amount }) => {
    if (account !== "ann") throw new PermanentError(`no account is named ${account}`);
    return { amount, letters: password.length };
  },
});

/**
 * Dead after one attempt while the file it names is there: an outage that a test begins and ends. Of its own, not of a
 * dependency: a breaker would hold the jobs.
 */
const outage = defineJob({
  name: "e2e-outage",
  queue: "e2e",
  input: z.object({ file: z.string() }),
  retryPolicy: { ...quickRetries, maxAttempts: 1 },
  handler: ({ file }) => {
    if (existsSync(file)) throw new Error("the books are closed");
  },
});

/** Fails by the fault of its dependency while the file it names is there, and goes on trying. */
const callFlaky = defineJob({
  name: "e2e-call-flaky",
  queue: "e2e-flaky",
  input: z.object({ file: z.string() }),
  retryPolicy: { ...quickRetries, maxAttempts: 50 },
  dependencies: ["e2e-flaky-service"],
  handler: ({ file }) => {
    if (existsSync(file)) throw new DependencyError("e2e-flaky-service");
  },
});

/** Held by a dependency of its own, which only a test's hand closes; `e2e-echo` runs it then. */
const quote = defineJob({
  name: "e2e-quote",
  queue: "e2e-flaky",
  input: z.object({ text: z.string() }),
  dependencies: ["e2e-quotes"],
  fallback: { definition: "e2e-echo" },
  handler: ({ text }) => ({ text }),
});

/** Fails with the words it is given, which nothing but the rules can tell apart: dead after one attempt. */
const fail = defineJob({
  name: "e2e-fail",
  queue: "e2e",
  input: z.object({ message: z.string(), text: z.string() }),
  retryPolicy: { ...quickRetries, maxAttempts: 1 },
  handler: ({ message }) => {
    throw new Error(message);
  },
});

/** Logs what it is given and fails with it as message, name, code and stack, and with what cannot be kept: dead after one attempt. */
const hostile = defineJob({
  name: "e2e-hostile",
  queue: "e2e-hostile",
  input: z.object({ text: z.string(), nested: z.unknown() }),
  retryPolicy: { ...quickRetries, maxAttempts: 1 },
  handler: ({ text }, { log }) => {
    const unkept = `${text}\u0000\ud800`;
    log.warn(unkept, { text: unkept, [text]: text });
    const stack = `${text}: ${text}\n    at ${text} (file:///${text}:1:1)`;
    throw Object.assign(new PermanentError(unkept), { name: text, code: text, stack });
  },
});

/** What `signalbox worker e2e/testing/worker-module.ts` runs for the browser tests. */
export const jobs = [echo, stumble, refuse, linger, guarded, outage, callFlaky, quote, fail, hostile];
