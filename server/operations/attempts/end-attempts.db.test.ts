import { describe, expect, it } from "vitest";
import { reapLeases } from "../leases/reap-leases.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";
import { endAttempts } from "./end-attempts.ts";
import { releaseAttempts } from "./release-attempts.ts";

const test = await testEngine();
const { engine } = test;
const { completion, failure, claimed, expire, placements } = attemptKit(test);
await test.define("work", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 3 },
});
await test.define("once", { guarantee: "at-most-once" });
await test.define("quick-limit", { timeouts: { attemptMs: 10 } });

describe("failing", () => {
  it("schedules a retry with the class, the delay and the reasons on the attempt", async () => {
    const { worker, job } = await claimed("work");
    await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["scheduled"]);
    const decision = JSON.parse(
      (await test.value("select decision::text from signalbox.attempts where job_id = $1", [
        job.id,
      ])) as string,
    );
    expect(decision).toMatchObject({ kind: "retry", delayMs: 60_000 });
    expect(decision.because.length).toBeGreaterThan(0);
    expect(await test.value("select failure_class from signalbox.attempts where job_id = $1", [job.id])).toBe(
      "transient",
    );
  });

  it("sends the job to the dead letter when its attempts are used up", async () => {
    const { worker, job } = await claimed("work");
    let current = job;
    for (let attempt = 1; attempt <= 3; attempt++) {
      await endAttempts(engine, worker.id, [failure(worker, current)], [current.leaseId]);
      if (attempt === 3) break;
      await test.value("update signalbox.scheduled set run_at_ms = 0 where id = $1", [job.id]);
      await test.value(
        `with gone as (delete from signalbox.scheduled where id = $1 returning *)
        insert into signalbox.ready select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone`,
        [job.id],
      );
      [current] = (await worker.claim()) as [ClaimedAttempt];
      expect(current).toMatchObject({ id: job.id, attempt: attempt + 1, failures: attempt });
    }
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select reason from signalbox.dead where id = $1", [job.id])).toContain("3 of 3");
  });

  it("kills at once what cannot succeed by trying again", async () => {
    const { worker, job } = await claimed("work");
    const bug = {
      ...failure(worker, job),
      failure: { name: "TypeError", message: "x.map is not a function" },
    };
    await endAttempts(engine, worker.id, [bug], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select failure_class from signalbox.dead where id = $1", [job.id])).toBe("bug");
  });

  it("cuts secrets out of the stored error", async () => {
    const { worker, job } = await claimed("work");
    const leaky = {
      ...failure(worker, job),
      failure: { name: "Error", message: "GET failed, Authorization: Bearer abcdef0123456789abcdef" },
    };
    await endAttempts(engine, worker.id, [leaky], [job.leaseId]);
    expect(
      await test.value("select error::text from signalbox.attempts where job_id = $1", [job.id]),
    ).not.toContain("abcdef0123456789");
  });
});

describe("losing a worker", () => {
  it("makes poison of the third loss", async () => {
    const { worker, job } = await claimed("work");
    let current = job;
    for (let loss = 1; loss <= 3; loss++) {
      await expire(current);
      await reapLeases(engine, 50);
      if (loss < 3) [current] = (await worker.claim()) as [ClaimedAttempt];
    }
    expect(await placements(job.id)).toEqual(["dead"]);
    expect(await test.value("select failure_class from signalbox.dead where id = $1", [job.id])).toBe(
      "poison",
    );
  });

  it("ends an at-most-once job as dead instead of running it twice", async () => {
    const { job } = await claimed("once");
    await expire(job);
    await reapLeases(engine, 50);
    expect(await placements(job.id)).toEqual(["dead"]);
  });

  it("takes back only what is still open of a batch", async () => {
    for (let index = 0; index < 4; index++) await test.submit({ definition: "work" });
    const worker = await test.worker();
    const jobs = await worker.claim(4);
    const [done, failed, open, alsoOpen] = jobs as [
      ClaimedAttempt,
      ClaimedAttempt,
      ClaimedAttempt,
      ClaimedAttempt,
    ];
    await completeAttempts(engine, worker.id, [completion(done)], []);
    await endAttempts(engine, worker.id, [failure(worker, failed)], []);
    await expire(done);
    expect(await reapLeases(engine, 50)).toBe(2);
    expect(await placements(done.id)).toEqual(["completed"]);
    expect(await placements(failed.id)).toEqual(["scheduled"]);
    expect(await placements(open.id)).toEqual(["ready"]);
    const again = await worker.claim(2);
    expect(again.map((job) => job.id).sort()).toEqual([open.id, alsoOpen.id].sort());
    await completeAttempts(engine, worker.id, again.map(completion), [again[0]?.leaseId ?? ""]);
  });
});

describe("the server's limit of one attempt", () => {
  it("ends an attempt under a lease of its own as timed out", async () => {
    await test.submit({ definition: "quick-limit" });
    const worker = await test.worker();
    const [job] = (await worker.claim(1, { leasePerJob: true })) as [ClaimedAttempt];
    await test.value("update signalbox.leases set deadline_ms = 1 where id = $1", [job.leaseId]);
    expect(await reapLeases(engine, 50)).toBe(1);
    expect(await test.value("select outcome from signalbox.attempts where job_id = $1", [job.id])).toBe(
      "timed-out",
    );
    expect(await completeAttempts(engine, worker.id, [completion(job)], [])).toEqual(new Set());
  });
});

describe("handing back", () => {
  it("puts an unstarted job where it stood, with no attempt used and none shown", async () => {
    const { worker, job } = await claimed("work");
    expect(await releaseAttempts(engine, worker.id, [job], [job.leaseId])).toEqual(new Set([job.id]));
    expect(await test.value("select run_at_ms::float8 from signalbox.ready where id = $1", [job.id])).toBe(
      job.runAtMs,
    );
    expect(await test.value("select count(*)::int from signalbox.attempts where job_id = $1", [job.id])).toBe(
      0,
    );
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id: job.id, attempt: 1 });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });

  it("of a started attempt leaves its trace and counts no failure", async () => {
    const { worker, job } = await claimed("work");
    const released = {
      ...failure(worker, job),
      outcome: "released" as const,
      failure: null,
      runAtMs: job.runAtMs,
    };
    await endAttempts(engine, worker.id, [released], [job.leaseId]);
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id: job.id, attempt: 2, failures: 0, runAtMs: job.runAtMs });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });
});
