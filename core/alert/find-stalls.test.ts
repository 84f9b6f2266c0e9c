import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertKinds } from "./alert.ts";
import { findStalls } from "./find-stalls.ts";
import type { WaitingLine } from "./find-starved-alerts.ts";
import type { HeldAttempt } from "./find-stuck-alerts.ts";
import { silenceBoundMs } from "./find-zero-throughput.ts";
import { find, held, incident, line, nothing, nowMs, running, storage } from "./testing/stall-facts.ts";

describe("finding what stalls", () => {
  it("tells of nothing when nothing is wrong", () => {
    expect(find({})).toEqual([]);
  });

  it("tells every alert's measure, cause, what it is not, and what to do, in sentences", () => {
    const all = find({
      ...{ held: [held()], running: [running()], waiting: [line()], incidents: [incident()] },
      gates: [
        {
          ...{ dependency: "payments-api", state: "open", forced: false, sinceMs: nowMs - 9_000 },
          ...{ untilMs: nowMs + 12_000, waiting: 2_104, queues: ["billing"] },
        },
      ],
      lostWorkers: [
        {
          id: "w9",
          host: "h",
          pool: "default",
          heartbeatAtMs: nowMs - 20_000,
          endedAtMs: nowMs,
          takenBack: 3,
        },
      ],
      expiredLeases: { leases: 2, oldestUntilMs: nowMs - 60_000 },
      outOfTime: [
        {
          ...{
            definition: "report",
            queue: "reports",
            jobIds: ["7"],
            jobs: 1,
            firstMs: nowMs,
            lastMs: nowMs,
          },
          ...{ limitMs: 60_000, runbookUrl: null },
        },
      ],
      escalated: [
        {
          ...{ definition: "charge", queue: "billing", jobIds: ["9"], jobs: 1, exact: true },
          ...{ firstMs: nowMs - 9_000, lastMs: nowMs - 9_000, runbookUrl: null },
          reason: "escalated: failure 3 of 3 attempts",
        },
      ],
      late: [{ kind: "due", jobs: 12, oldestMs: nowMs - 30_000, jobId: "8" }],
      storage: storage(
        { limit: "database", level: "warn", value: 9e11, bound: 8e11 },
        { limit: "wal", level: "warn", value: 2e10, bound: 1.6e10 },
        { limit: "horizon", level: "stop", value: 2.1e8, bound: 2e8, holder: "prepared transaction x" },
      ),
    });
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(alertKinds));
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    for (const { cause, ruledOut, whatToDo, evidence, sinceMs } of all) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(sinceMs).toBeLessThanOrEqual(nowMs);
      expect(ruledOut.length).toBeGreaterThan(0);
      expect(whatToDo.length).toBeGreaterThan(0);
      for (const sentence of [cause, ...ruledOut, ...whatToDo]) expect(sentence).toMatch(/^[A-Za-z0-9].*\.$/);
    }
  });

  it("never says one thing under two names, and keeps an alert's name while its figures move", () => {
    const figures = fc.record({
      ageMs: fc.integer({ min: 90_000, max: 9_000_000 }),
      jobs: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const keys = ({ ageMs, jobs }: typeof a) =>
          find({
            held: Array.from({ length: jobs }, (_, index) =>
              held({ jobId: String(index), movedAtMs: nowMs - ageMs }),
            ),
            running: [
              running({ running: jobs, finishedAtMs: nowMs - ageMs * 2, oldestClaimMs: nowMs - ageMs * 2 }),
            ],
            waiting: [line({ waiting: jobs, oldestDueMs: nowMs - ageMs })],
            incidents: [incident({ attempts: jobs, sinceMs: nowMs - ageMs })],
          }).map(({ key }) => key);
        expect(keys(a)).toEqual(keys(b));
      }),
    );
  });

  it("tells of fifty of a kind at most, and does not drop what was known for what is new", () => {
    const many = Array.from({ length: 80 }, (_, index) =>
      line({ queue: `q${index}`, oldestDueMs: nowMs - 100_000 - index * 1_000 }),
    );
    expect(find({ waiting: many })).toHaveLength(50);
    const known = new Set(["starved:q0:normal"]);
    expect(findStalls({ ...nothing, waiting: many }, known)[0]?.key).toBe("starved:q0:normal");
  });
});

describe("stuck", () => {
  it("is an attempt without progress beyond its bound, and not one that still reports progress", () => {
    expect(find({ held: [held()] })).toMatchObject([
      { key: "stuck:charge", severity: "warning", level: 3, jobIds: ["1"], sinceMs: nowMs - 90_000 },
    ]);
    expect(find({ held: [held({ progress: 0.4, movedAtMs: nowMs - 2_000 })] })).toEqual([]);
  });

  it("offers to restart the job, all of several, or to drain the one worker they are all on", () => {
    const offers = (attempts: HeldAttempt[]) => find({ held: attempts })[0]?.containment?.label;
    expect(offers([held()])).toBe("Restart job 1");
    expect(offers([held(), held({ jobId: "2", workerId: "w2" })])).toBe("Restart 2 jobs");
    expect(offers(["1", "2", "3"].map((jobId) => held({ jobId })))).toBe("Drain worker w1");
  });

  it("names the owner's runbook where there is one, else the product's", () => {
    expect(find({ held: [held({ runbookUrl: "https://wiki/charge" })] })[0]?.runbook).toBe(
      "https://wiki/charge",
    );
    expect(find({ held: [held()] })[0]?.runbook).toBe("stalled-tasks#stuck");
  });
});

describe("throughput zero", () => {
  it("is something that runs while nothing ends, for a time scaled to the definition's own runs", () => {
    expect(find({ running: [running()] })).toMatchObject([
      { key: "throughput-zero:billing:charge", level: 1.5 },
    ]);
    const slow = running({ usualMs: 600_000 });
    expect(find({ running: [slow] })).toEqual([]);
    expect(silenceBoundMs(5, 600_000)).toBe(900_000);
    expect(silenceBoundMs(1, 600_000)).toBe(2_400_000);
    expect(silenceBoundMs(50, null)).toBe(300_000);
  });

  it("counts from when the oldest began, when the lane was empty before", () => {
    expect(find({ running: [running({ finishedAtMs: null, oldestClaimMs: nowMs - 5_000 })] })).toEqual([]);
  });

  it("offers to drain the only worker, and to pause the queue when it is not one worker", () => {
    const offer = (workerIds: string[]) => find({ running: [running({ workerIds })] })[0]?.containment;
    expect(offer(["w1"])).toMatchObject({ action: "drain-worker", workerId: "w1" });
    expect(offer(["w1", "w2"])).toMatchObject({ action: "pause-queue", queue: "billing" });
  });
});

describe("starved", () => {
  it("is a class that waits beyond its budget, whatever the others of the queue do", () => {
    const found = find({
      waiting: [
        line(),
        line({ priority: "bulk", budgetMs: 3_600_000 }),
        line({ definition: "refund", waiting: 2, oldestDueMs: nowMs - 70_000 }),
      ],
    });
    expect(found).toMatchObject([{ key: "starved:billing:normal", level: 2, severity: "warning" }]);
    expect(found[0]?.evidence).toContainEqual({ label: "waiting in the class", value: 42, unit: "count" });
  });

  it("forgives a critical job five seconds", () => {
    const waits = (ms: number) =>
      find({ waiting: [line({ priority: "critical", budgetMs: 1_000, oldestDueMs: nowMs - ms })] })[0]
        ?.level ?? 0;
    expect(waits(4_900)).toBeLessThan(1);
    expect(waits(5_000)).toBe(1);
  });

  it("says what bounds the queue, and does not rule that out", () => {
    const told = (limit: WaitingLine["limit"]) => find({ waiting: [line({ limit })] })[0];
    expect(told({ kind: "no-workers" })?.cause).toContain("no live worker serves charge");
    expect(told({ kind: "cap", running: 3, maxRunning: 3 })?.cause).toContain("may run 3 jobs");
    expect(told({ kind: "cap", running: 3, maxRunning: 3 })?.ruledOut.join()).not.toContain("cap");
    expect(told({ kind: "rate", count: 5, perMs: 1_000, nextTokenAtMs: nowMs })?.cause).toContain(
      "5 jobs in 1 s",
    );
    expect(told({ kind: "dependency-rate", dependency: "sms", perSecond: 2 })?.cause).toContain(
      "sms may be called 2 times",
    );
    expect(told({ kind: "deferred", forPriority: "high" })?.cause).toContain(
      "while class high misses its budget",
    );
    expect(told({ kind: "nothing" })).toMatchObject({ severity: "critical" });
    const [holding] = find({ waiting: [line({ limit: { kind: "nothing" }, running: 3 })] });
    expect(holding).toMatchObject({
      severity: "warning",
      cause: expect.stringContaining("its workers hold back"),
    });
  });

  it("offers the next class up while slots are taken, and nothing where that would not help", () => {
    const offer = (more: Partial<WaitingLine>) => find({ waiting: [line(more)] })[0]?.containment;
    expect(offer({})).toMatchObject({ action: "reprioritise", from: "normal", to: "high" });
    expect(offer({ limit: { kind: "no-workers" } })).toBeNull();
    expect(offer({ priority: "critical", budgetMs: 1_000 })).toBeNull();
  });
});

describe("what fails", () => {
  it("is critical from five jobs given up, offers the breaker, and not a second time once that is open", () => {
    expect(find({ incidents: [incident()] })).toMatchObject([
      {
        severity: "warning",
        containment: { action: "open-breaker", dependency: "payments-api" },
        ruledOut: ["The jobs themselves are not at fault: the errors come from what they call."],
      },
    ]);
    const gate = {
      ...({ dependency: "payments-api", state: "open", forced: false } as const),
      sinceMs: nowMs,
      untilMs: null,
    };
    const found = find({
      incidents: [incident({ deaths: 5 })],
      gates: [{ ...gate, waiting: 0, queues: [] }],
    });
    expect(found).toMatchObject([{ severity: "critical", containment: null }]);
  });

  it("offers to pause the one queue where the dependency has no breaker, since no definition names it", () => {
    expect(find({ incidents: [incident({ dependency: "cdn" })] })).toMatchObject([
      { objectKind: "dependency", containment: { action: "pause-queue", queue: "billing" } },
    ]);
    expect(
      find({ incidents: [incident({ dependency: "cdn", queues: ["a", "b"] })] })[0]?.containment,
    ).toBeNull();
  });

  it("is over when it has been quiet for a minute", () => {
    expect(find({ incidents: [incident({ lastSeenMs: nowMs - 61_000 })] })).toEqual([]);
  });

  it("is told of a group where no dependency is known, with the one queue it is in", () => {
    expect(find({ incidents: [incident({ dependency: null })] })).toMatchObject([
      {
        key: "failure-rise:group:f1",
        objectKind: "group",
        containment: { action: "pause-queue", queue: "billing" },
      },
    ]);
  });
});

describe("what happened once", () => {
  it("is wrong for a minute, stays in sight for five, and is then over", () => {
    const level = (agoMs: number) =>
      find({
        lostWorkers: [
          { id: "w", host: "h", pool: "p", heartbeatAtMs: 0, endedAtMs: nowMs - agoMs, takenBack: 1 },
        ],
      })[0]?.level ?? 0;
    expect([level(0), level(60_000), level(61_000), level(300_000), level(301_000)]).toEqual([
      1, 1, 0.6, 0.6, 0,
    ]);
  });

  it("is no loss when the worker had no job in hand", () => {
    const worker = { id: "w", host: "h", pool: "p", heartbeatAtMs: 0, endedAtMs: nowMs, takenBack: 0 };
    expect(find({ lostWorkers: [worker] })).toEqual([]);
  });
});
