import type { BreakerGate } from "../../core/breaker/breaker-gate.ts";
import { breakerSettingsSchema } from "../../core/breaker/breaker-settings.ts";
import { defaultPrioritySettings } from "../../core/priority/priority-settings.ts";
import { seededRandom } from "../../core/random.ts";
import { defaultRetryPolicy } from "../../core/retry/default-retry-policy.ts";
import type { HeldJob, QueueLayout, QueueStore, SubmittedJob } from "./queue-store.ts";

const settings = breakerSettingsSchema.parse({});

/** Lanes with no dependency, with one, and with two. */
export const contractLayout: QueueLayout = {
  lanes: [
    { name: "free", dependencies: [] },
    { name: "mails", dependencies: [0] },
    { name: "pays", dependencies: [1] },
    { name: "bills", dependencies: [0, 1] },
  ],
  dependencies: [
    { name: "mail", settings },
    { name: "bank", settings },
  ],
  priority: defaultPrioritySettings,
  policy: defaultRetryPolicy,
};

/** A gate in a state, closed unless said. */
export function gateOf(given: Partial<BreakerGate>): BreakerGate {
  return {
    state: "closed",
    ratePerSecond: null,
    burst: 1,
    permits: 0,
    untilMs: null,
    slowMs: null,
    ...given,
  };
}

/** A report of so many first starts and nothing else. */
export function reportOf(dependency: number, atMs: number, firstStarts: number) {
  const none = { succeeded: 0, failed: 0, refused: 0, slow: 0, overdue: 0, retryStarts: 0 };
  return { dependency, outcomes: { atMs, firstStarts, ...none, durationMsSum: 0, inFlight: 0 } };
}

const failures = ["dependency-down", "rate-limited", "timeout", "transient", "permanent"] as const;

/**
 * A seeded run of everything a store can do, in an order that services would not think of. Returns what it answered, a
 * line an operation, and at the end where every job is. Two stores of one time and jitter answer alike.
 */
export async function runScript(store: QueueStore & { nowMs: number }, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const startMs = store.nowMs;
  const held: { worker: number; job: HeldJob }[] = [];
  const answers: string[] = [];
  const say = (what: string, answer: unknown) => {
    answers.push(`${what} ${JSON.stringify(answer)}`);
  };
  const since = (atMs: number | null) => (atMs === null ? null : atMs - startMs);
  const takeOne = () => held.splice(below(held.length), 1)[0];

  const operations: (() => Promise<void>)[] = [
    async () => store.advance(1 + below(random() < 0.1 ? 40_000 : 300)),
    async () => {
      const later = () => (random() < 0.2 ? { runAtMs: store.nowMs + 1 + below(5_000) } : {});
      const one = (): SubmittedJob => ({ lane: below(4), rank: below(5), ...later() });
      await store.submit(Array.from({ length: 1 + below(8) }, one));
    },
    async () => {
      const max = 1 + below(12);
      const order = { worker: below(3), max, maxOther: below(max + 1), except: random() < 0.2 ? [0] : [] };
      const jobs = await store.claim(order);
      held.push(...jobs.map((job) => ({ worker: order.worker, job })));
      const told = jobs.map((job) => [job.number, job.lane, job.rank, since(job.runAtMs), job.attempt]);
      say("claimed", { ...order, jobs: told, tokensInMs: store.tokensInMs(order.worker) });
    },
    async () => {
      const one = takeOne();
      if (one) await store.complete(one.worker, one.job);
    },
    async () => {
      for (let more = below(3); more >= 0; more--) {
        const one = takeOne();
        if (!one) return;
        const failure = failures[below(failures.length)] ?? "transient";
        const { place, runAtMs } = await store.fail(one.worker, one.job, failure);
        say("failed", { job: one.job.number, failure, place, runAtMs: since(runAtMs) });
      }
    },
    async () => {
      const one = takeOne();
      if (one) await store.release(one.worker, [one.job]);
    },
    async () => {
      say("promoted", await store.promote(1 + below(30)));
    },
    async () => store.report(reportOf(below(2), store.nowMs, below(20))),
    async () => {
      const reports = await store.readReports();
      say(
        "reported",
        reports.map(({ dependency, outcomes }) => [dependency, outcomes.firstStarts, since(outcomes.atMs)]),
      );
    },
    async () => {
      const rate = { ratePerSecond: 1 + below(40), burst: 1 + below(4) };
      const gate = [
        gateOf({}),
        gateOf(rate),
        gateOf({ state: "open", ratePerSecond: 0, untilMs: store.nowMs + below(1_000) }),
        gateOf({ state: "half-open", ratePerSecond: 0, permits: 1 + below(3) }),
        gateOf({ state: "recovering", ...rate }),
      ][below(5)];
      await store.setGate(below(2), gate ?? gateOf({}), 1 + below(2));
    },
    async () => {
      const [lane, rank] = [below(4), below(5)];
      say("ready", [lane, rank, await store.countReady(lane, rank)]);
    },
  ];
  for (let step = 0; step < 250; step++) await operations[below(operations.length)]?.();
  say("left", await store.list());
  return answers;
}
