import type { WaitingDependency, WaitingFacts, WaitingLine } from "../waiting-facts.ts";

/** What is different from a job that could start at once. */
export interface WaitingChange {
  job?: Partial<WaitingFacts["job"]>;
  definition?: Partial<WaitingFacts["definition"]>;
  queue?: Partial<WaitingFacts["queue"]>;
  workers?: Partial<WaitingFacts["workers"]>;
  dependencies?: Partial<WaitingDependency>[];
  deferral?: WaitingFacts["deferral"];
  fallback?: WaitingFacts["fallback"];
  line?: WaitingLine | null;
}

/** The facts of an available job that nothing holds, changed. */
export function waitingFactsOf(change: WaitingChange = {}): WaitingFacts {
  const {
    job,
    definition,
    queue,
    workers,
    dependencies = [],
    deferral = null,
    fallback = null,
    line = null,
  } = change;
  return {
    nowMs: 10_000,
    job: {
      state: "available",
      priority: "normal",
      runAtMs: 0,
      failures: 0,
      hold: null,
      deferrals: 0,
      budget: null,
      ...job,
    },
    definition: {
      ...{ name: "send", paused: false, target: "worker", deferrable: false, maxRunning: null, running: 0 },
      ...definition,
    },
    queue: {
      name: "mail",
      pool: "default",
      paused: false,
      running: 0,
      maxRunning: null,
      maxRunningPerKey: null,
      bucket: null,
      ...queue,
    },
    workers: {
      serving: 1,
      slots: 10,
      busy: 0,
      draining: 0,
      ejected: 0,
      others: 0,
      elsewhere: [],
      ...workers,
    },
    dependencies: dependencies.map((each) => ({
      name: "bank",
      state: "closed",
      forced: null,
      ratePerSecond: null,
      sinceMs: 4_000,
      untilMs: null,
      forcedBy: null,
      forcedReason: null,
      forcedUntilMs: null,
      cause: null,
      bucket: null,
      ...each,
    })),
    deferral,
    fallback,
    line,
  };
}
