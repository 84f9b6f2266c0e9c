import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "#core/attention/find-incidents.ts";
import { forecastDrain } from "#core/flow/forecast-drain.ts";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { barScale } from "./bar-scale.ts";
import { findSignal } from "./find-signal.ts";
import { findTrouble } from "./find-trouble.ts";
import { findVerdict } from "./find-verdict.ts";
import { sortByNeed } from "./sort-by-need.ts";

const windowMs = 60_000;
const nowMs = 1_000_000;
const nothing = { atMs: nowMs, incidents: [], breakers: [], stuck: [], moreStuck: false, pausedRuns: [] };

function payments(more: Partial<Incident> = {}): Incident {
  return {
    dependency: "payments-api",
    class: "dependency-down",
    origin: "third-party",
    sinceMs: nowMs - 240_000,
    lastSeenMs: nowMs,
    attempts: 300,
    deaths: 0,
    queues: ["billing"],
    groups: [{ fingerprint: "f1", title: "DependencyError: payments-api failed", attempts: 300 }],
    ...more,
  };
}
const calm = {
  windowMs,
  inflow: 600,
  starts: 600,
  completed: 600,
  died: 0,
  failures: 0,
  failuresByClass: {},
};

function queue(more: Partial<BoardQueue> = {}): BoardQueue {
  return {
    name: "mail",
    pool: "default",
    paused: false,
    pausedUntilMs: null,
    drainingSinceMs: null,
    rateLimit: null,
    busy: 3,
    maxRunning: null,
    maxRunningPerKey: null,
    fair: false,
    waiting: [0, 0, 5, 0, 0],
    atLeast: false,
    held: 0,
    scheduled: 0,
    retryable: 0,
    running: 3,
    oldestRunAtMs: 1,
    workers: 1,
    slots: 10,
    rates: { arrivals: 10, starts: 10, finishes: 10, failures: 0 },
    trend: calm,
    pausedRunMs: null,
    ...more,
  };
}

function board(queues: BoardQueue[], more: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const fleet = { workers: 1, draining: 0, slots: 10, running: 3 };
  return {
    asOfMs: 100_000,
    depthAtMs: 99_000,
    queues,
    more: false,
    fleet,
    tail: [],
    attention: null,
    acts: [],
    bulk: { running: 0, halted: 0 },
    alerts: { open: 0, urgent: 0, first: null },
    pressure: { atMs: null, crews: [], storage: { level: "ok", findings: [], facts: null } },
    reasons: {},
    ...more,
  };
}

describe("the signal of a queue", () => {
  it("is open while work flows, and while nothing waits although nobody serves it", () => {
    expect(findSignal(queue()).aspect).toBe("open");
    expect(findSignal(queue({ waiting: [0, 0, 0, 0, 0], workers: 0 })).aspect).toBe("open");
  });
  it("stops for a pause before all else, then for missing workers", () => {
    expect(findSignal(queue({ paused: true, workers: 0 })).cause).toBe("paused");
    expect(findSignal(queue({ workers: 0 })).cause).toBe("no-workers");
  });
  it("warns when the queue runs as many as it may", () => {
    expect(findSignal(queue({ maxRunning: 3 }))).toEqual({ aspect: "caution", cause: "cap-reached" });
    expect(findSignal(queue({ maxRunning: 4 })).aspect).toBe("open");
  });
  it("stops for a breaker that holds all that is in line, and is a caution while others pass", () => {
    const held = { kind: "breaker-open", of: "mail-api", jobs: 5 } as const;
    const later = { kind: "due-later", of: null, jobs: 9 } as const;
    const others = { kind: "in-line", of: null, jobs: 1 } as const;
    expect(findSignal(queue(), [later, held])).toEqual({ aspect: "stop", cause: "breaker" });
    expect(findSignal(queue(), [held, others])).toEqual({ aspect: "caution", cause: "breaker" });
    expect(findSignal(queue({ paused: true }), [held]).cause).toBe("paused");
    expect(findSignal(queue(), [later, others]).aspect).toBe("open");
  });
  it("warns of a rate limit only while it has no token, and of a drain even when nothing waits", () => {
    const rateLimit = { count: 5, perMs: 1_000, nextTokenAtMs: 5 };
    expect(findSignal(queue({ rateLimit }))).toEqual({ aspect: "caution", cause: "rate-limit" });
    expect(findSignal(queue({ rateLimit: { ...rateLimit, nextTokenAtMs: null } })).aspect).toBe("open");
    const slowed = { kind: "rate-limit", of: "mail-api", jobs: 5 } as const;
    expect(findSignal(queue(), [slowed])).toEqual({ aspect: "caution", cause: "rate-limit" });
    expect(findSignal(queue({ drainingSinceMs: 1, waiting: [0, 0, 0, 0, 0] })).cause).toBe("draining");
  });
});

describe("the forecast", () => {
  const forecast = (waiting: number, inflow: number, starts: number) =>
    forecastDrain({ waiting, inflow, starts, windowMs });

  it("tells nothing of nothing, and standstill of a backlog without starts", () => {
    expect(forecast(0, 10, 10).kind).toBe("none");
    expect(forecast(5, 0, 0).kind).toBe("still");
  });
  it("calls less than two seconds of work flowing", () => {
    expect(forecast(20, 600, 600).kind).toBe("flowing");
  });
  it("clears by the difference of starts and arrivals", () => {
    expect(forecast(6_000, 600, 1_200)).toMatchObject({ kind: "clears", inMs: 600_000 });
  });
  it("grows by it when it is the other way round", () => {
    expect(forecast(6_000, 1_200, 600)).toEqual({ kind: "grows", perSecond: 10 });
  });
  it("does not take the wavering of equal random streams for a direction", () => {
    expect(forecast(1_000, 620, 600).kind).toBe("level");
  });
  it("never promises a negative time nor growth of nothing", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (waiting, inflow, starts) => {
        const told = forecast(waiting, inflow, starts);
        if (told.kind === "clears") expect(told.inMs).toBeGreaterThan(0);
        if (told.kind === "grows") expect(told.perSecond).toBeGreaterThan(0);
      }),
    );
  });
});

describe("trouble", () => {
  const failing = { ...calm, completed: 100, failures: 300, failuresByClass: { timeout: 100, bug: 200 } };

  it("is none in a queue that flows", () => {
    expect(findTrouble(queue())).toBeNull();
  });
  it("is failing when a fifth of the attempts do, named by the class seen most", () => {
    expect(findTrouble(queue({ trend: failing }))).toMatchObject({
      kind: "failing",
      failureShare: 0.75,
      failureClass: "bug",
    });
    expect(findTrouble(queue({ trend: { ...calm, completed: 3, failures: 4 } }))).toBeNull();
  });
  it("is a standstill only where something could start", () => {
    const still = { ...calm, starts: 0, completed: 0 };
    expect(findTrouble(queue({ trend: still, running: 0 }))?.kind).toBe("still");
    expect(findTrouble(queue({ trend: still, running: 2 }))).toBeNull();
  });
  it("says that a queue is held by a breaker, not that it stands still or fails, and whose breaker it is", () => {
    const breaker = {
      ...({
        dependency: "payments-api",
        state: "open",
        forced: null,
        sinceMs: nowMs,
        untilMs: null,
      } as const),
      ...{ isShut: true, jobs: 5, queues: ["mail"] },
    };
    const still = queue({ running: 0, trend: { ...calm, starts: 0, completed: 0, failures: 60 } });
    const held = { ...nothing, breakers: [breaker] };
    expect(findTrouble(still, held)).toMatchObject({ kind: "breaker-open", breaker });
    expect(findVerdict(board([still], { attention: held })).tone).toBe("stop");
    const recovering = { ...nothing, breakers: [{ ...breaker, isShut: false }] };
    expect(findTrouble(still, recovering)?.kind).not.toBe("breaker-open");
    const others = { ...nothing, breakers: [{ ...breaker, queues: ["billing"] }] };
    expect(findTrouble(queue(), others)).toBeNull();
  });

  it("is no pause of a queue in which nothing is held", () => {
    expect(findTrouble(queue({ paused: true, held: 0, waiting: [0, 0, 0, 0, 0] }))).toBeNull();
  });
});

describe("the verdict", () => {
  it("is all clear without troubles", () => {
    expect(findVerdict(board([queue()]))).toMatchObject({ tone: "calm", troubles: [], waiting: 5 });
  });
  it("puts the worst first", () => {
    const troubled = [
      queue({ name: "a", trend: { ...calm, failures: 600 } }),
      queue({ name: "b", paused: true, held: 5 }),
      queue({ name: "c", workers: 0 }),
    ];
    const verdict = findVerdict(board(troubled));
    expect(verdict.troubles.map((trouble) => trouble.queue)).toEqual(["c", "a", "b"]);
    expect(verdict.tone).toBe("stop");
  });
  it("says of a failing queue what fails there, and rules out the workers while they are up and none was lost", () => {
    const incident = payments();
    const failing = queue({ name: "billing", trend: { ...calm, completed: 10, failures: 300 } });
    const attention = { ...nothing, incidents: [payments({ queues: ["mail"] }), incident] };
    const verdict = findVerdict(board([failing], { attention }));
    expect(verdict.troubles[0]?.incident).toBe(incident);
    expect(verdict).toMatchObject({ workersUp: true, otherIncidents: 1 });
    const lost = { ...calm, completed: 10, failures: 300, failuresByClass: { "worker-lost": 1 } };
    expect(findVerdict(board([queue({ trend: lost })], { attention })).workersUp).toBe(false);
  });
  it("is calm about what no longer fails, and tells of what fails beside it", () => {
    const over = payments({ lastSeenMs: nowMs - 61_000 });
    expect(findVerdict(board([queue()], { attention: { ...nothing, incidents: [over] } }))).toMatchObject({
      tone: "calm",
      otherIncidents: 0,
    });
    expect(
      findVerdict(board([queue()], { attention: { ...nothing, incidents: [payments()] } })),
    ).toMatchObject({
      tone: "calm",
      otherIncidents: 1,
    });
  });
  it("is not calm while an attempt is stuck", () => {
    const held = { jobId: "7", definition: "render", heldMs: 400_000, progress: null };
    const stuck = [{ ...held, usualMs: null, boundMs: 300_000, workerId: "1", queue: "mail" }];
    expect(findVerdict(board([queue()], { attention: { ...nothing, stuck } })).tone).toBe("caution");
  });
  it("says of a paused queue how much work it holds, where its runs are known", () => {
    const paused = queue({ paused: true, held: 1_000, waiting: [0, 0, 1_000, 0, 0] });
    expect(findVerdict(board([{ ...paused, pausedRunMs: 20 }])).troubles[0]?.workMs).toBe(2_000);
    expect(findVerdict(board([paused])).troubles[0]?.workMs).toBeNull();
  });
  it("does not go by depths that nobody has counted lately", () => {
    expect(findVerdict(board([queue()], { depthAtMs: 10_000 }))).toMatchObject({
      tone: "caution",
      depthsLateMs: 90_000,
    });
  });
});

describe("the order of the Board", () => {
  it("puts queues that need somebody first, then goes by name", () => {
    const queues = [queue({ name: "b" }), queue({ name: "a" }), queue({ name: "z", workers: 0 })];
    expect(sortByNeed(queues)).toEqual(["z", "a", "b"]);
    const breaker = { dependency: "d", state: "open", forced: null, sinceMs: 0, untilMs: null } as const;
    const held = { ...breaker, isShut: true, jobs: 5, queues: ["b"] };
    expect(sortByNeed(queues, { ...nothing, breakers: [held] })).toEqual(["z", "b", "a"]);
  });
});

describe("the scale of the bars", () => {
  it("is linear until the largest is a hundred times the smallest", () => {
    expect(barScale([1, 100]).log).toBe(false);
    expect(barScale([1, 101]).log).toBe(true);
    expect(barScale([0, 0, 5]).log).toBe(false);
  });
  it("keeps the order of counts and stays within the room", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e7), { minLength: 2 }), (counts) => {
        const { share } = barScale(counts);
        const sorted = [...counts].sort((a, b) => a - b).map(share);
        expect(sorted.every((value) => value >= 0 && value <= 1 + 1e-9)).toBe(true);
        expect(sorted.every((value, index) => index === 0 || value >= (sorted[index - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
