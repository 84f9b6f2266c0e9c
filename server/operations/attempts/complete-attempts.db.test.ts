import { describe, expect, it } from "vitest";
import { reapLeases } from "../leases/reap-leases.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";
import { endAttempts } from "./end-attempts.ts";

const test = await testEngine();
const { engine } = test;
const { completion, failure, claimed, expire, placements } = attemptKit(test);
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
});

describe("completing", () => {
  it("writes one completion and drops the lease with the last of its jobs", async () => {
    const { worker, job } = await claimed("work");
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toBe("all");
    expect(await placements(job.id)).toEqual(["completed"]);
  });

  it("is accepted again from the same worker, so a lost answer can be asked for again", async () => {
    const { worker, job } = await claimed("work");
    await completeAttempts(engine, worker.id, [completion(job)], []);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toEqual(
      new Set([job.id]),
    );
    expect(await test.value("select count(*)::int from signalbox.completed where id = $1", [job.id])).toBe(1);
  });

  it("is refused once the lease was reaped, and the job stands in line again", async () => {
    const { worker, job } = await claimed("work");
    await expire(job);
    expect(await reapLeases(engine, 50)).toBe(1);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toEqual(new Set());
    expect(await placements(job.id)).toEqual(["ready"]);
    const [again] = await worker.claim();
    expect(again).toMatchObject({ id: job.id, attempt: 2, failures: 0, losses: 1 });
    await completeAttempts(engine, worker.id, [completion(again as ClaimedAttempt)], [again?.leaseId ?? ""]);
  });

  it("is accepted after the lease ran out when nobody took the job away meanwhile", async () => {
    const { worker, job } = await claimed("work");
    await expire(job);
    expect(await completeAttempts(engine, worker.id, [completion(job)], [job.leaseId])).toBe("all");
    expect(await reapLeases(engine, 50)).toBe(0);
  });

  it("is refused for another worker's lease", async () => {
    const { job } = await claimed("work");
    const stranger = await test.worker();
    expect(await completeAttempts(engine, stranger.id, [completion(job)], [])).toEqual(new Set());
    expect(await placements(job.id)).toEqual(["leased"]);
  });

  it("is refused of an attempt that has failed while its lease stands for others", async () => {
    await test.submit({ definition: "work" });
    await test.submit({ definition: "work" });
    const worker = await test.worker();
    const [first, second] = (await worker.claim(2)) as [ClaimedAttempt, ClaimedAttempt];
    expect(first.leaseId).toBe(second.leaseId);
    expect(await endAttempts(engine, worker.id, [failure(worker, first)], [])).toEqual(new Set([first.id]));
    expect(
      await completeAttempts(engine, worker.id, [completion(first), completion(second)], [second.leaseId]),
    ).toEqual(new Set([second.id]));
    expect(await placements(first.id)).toEqual(["scheduled"]);
    expect(await placements(second.id)).toEqual(["completed"]);
  });
});

describe("a reap and a completion of one attempt, racing", () => {
  it("leave each of 40 jobs in exactly one place, whoever wins", async () => {
    for (let round = 0; round < 40; round++) {
      const { worker, job } = await claimed("work");
      await expire(job);
      const [accepted, reaped] = await Promise.all([
        completeAttempts(engine, worker.id, [completion(job)], [job.leaseId]),
        reapLeases(engine, 50),
      ]);
      const completed = accepted === "all";
      expect(reaped).toBe(completed ? 0 : 1);
      expect(await placements(job.id)).toEqual([completed ? "completed" : "ready"]);
      if (!completed) {
        const [again] = (await worker.claim()) as [ClaimedAttempt];
        await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
      }
    }
  });
});
