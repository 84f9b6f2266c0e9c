import { describe, expect, it } from "vitest";
import type { TokenBucket } from "#core/flow/token-bucket.ts";
import { type LineFacts, waitingLines } from "./waiting-lines.ts";

const nowMs = 1_000_000;
const rateLimit = { count: 3, perMs: 1_000 };

/** What bounds forty jobs of a queue that may start three a second, with slots free or not. */
function limitOf(more: {
  busy?: number;
  bucket?: Partial<TokenBucket>;
  rateLimit?: typeof rateLimit | null;
}) {
  const lane = {
    id: 1,
    queue: {
      ...{ id: 9, name: "mail", pool: "default", paused: false, maxRunning: null },
      rateLimit: more.rateLimit === undefined ? rateLimit : more.rateLimit,
    },
    definition: { name: "send", paused: false, spec: { target: { kind: "worker" } } },
    dependencies: [],
  };
  const facts = {
    engine: {
      catalog: {
        current: { lanes: new Map([[1, lane]]), priority: { classes: { normal: { budgetMs: 60_000 } } } },
      },
      flow: { gates: new Map() },
      pressure: { deferralOf: () => null },
    },
    depths: [{ lane: 1, rank: 2, available: 40, running: 1, oldestRunAtMs: nowMs - 90_000 }],
    fleet: [
      {
        ...{ pool: "default", definitions: ["send"], state: "active", callsTargets: false },
        ...{ workers: 1, slots: 20, running: more.busy ?? 4 },
      },
    ],
    buckets: [{ queueId: 9, limit: rateLimit, level: 0, atMs: nowMs, ...more.bucket }],
    nowMs,
  };
  return waitingLines(facts as unknown as LineFacts).map(({ limit }) => limit.kind);
}

describe("what bounds a line that waits", () => {
  it("is its queue's rate while that has no token", () => {
    expect(limitOf({})).toEqual(["rate"]);
  });

  it("is the rate too between two takes, when slots are free and a token happens to be there", () => {
    expect(limitOf({ bucket: { level: 2_500 } })).toEqual(["rate"]);
  });

  it("is the workers when there are tokens and no slots", () => {
    expect(limitOf({ busy: 20, bucket: { level: 2_500 } })).toEqual(["workers"]);
  });

  it("is nothing known when slots are free and no rate is set", () => {
    expect(limitOf({ rateLimit: null })).toEqual(["nothing"]);
  });
});
