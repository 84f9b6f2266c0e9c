import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { defaultRetryPolicy } from "#core/retry/default-retry-policy.ts";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import type { ClaimedAttempt } from "#server/operations/attempts/claim-attempts.ts";
import { completeAttempts } from "#server/operations/attempts/complete-attempts.ts";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { attemptKit } from "#server/operations/testing/attempt-kit.ts";
import type { TestWorker } from "#server/operations/testing/test-engine.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api } = await testCaller();
const kit = attemptKit(test);
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error.message : String(error)),
  );
const steady: RetryPolicy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 3,
  honourRetryAfter: true,
};
/** Claims a job, whose wait for a retry is over when it waits for one. */
const claimDue = async (worker: TestWorker, id: string): Promise<ClaimedAttempt> => {
  await makeDue(id);
  const [job] = await worker.claim(1);
  if (job?.id !== id) throw new Error(`job ${id} was not claimed`);
  return job;
};
const makeDue = (id: string) =>
  test.value(
    `with due as (delete from signalbox.scheduled where id = $1 returning *)
     insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses)
     select run_at_ms, id, lane, attempt, class, failures, losses from due returning 1`,
    [id],
  );
const put = (name: string, policy: unknown, expectedVersion: number) =>
  api.policies.put({ name, policy, expectedVersion, reason: "" });

describe("the list of policies", () => {
  it("has the built-in default with its users, and definitions with a policy of their own", async () => {
    await test.define("plain");
    await test.define("special", { retryPolicy: steady });
    const { policies, own } = await api.policies.list({});
    expect(policies).toMatchObject([{ name: "default", version: 0, users: [{ definition: "plain" }] }]);
    expect(own).toMatchObject([{ definition: "special", policy: steady }]);
  });
});

describe("a policy", () => {
  it("is written version by version, and every version can be read again", async () => {
    expect(await put("steps", steady, 0)).toEqual({ version: 1, created: true });
    expect(await put("steps", { ...steady, maxAttempts: 9 }, 1)).toEqual({ version: 2, created: true });
    expect(await api.policies.get({ name: "steps", version: 1 })).toMatchObject({
      latestVersion: 2,
      policy: steady,
    });
    const { versions } = await api.policies.versions({ name: "steps" });
    expect(versions.map(({ version, policy }) => [version, policy.maxAttempts])).toEqual([
      [2, 9],
      [1, 3],
    ]);
  });

  it("is rolled back by a new version with the old body", async () => {
    await put("back", steady, 0);
    await put("back", { ...steady, maxAttempts: 9 }, 1);
    const { versions } = await api.policies.versions({ name: "back" });
    expect(await put("back", versions.at(-1)?.policy, 2)).toEqual({ version: 3, created: true });
    expect(await api.policies.get({ name: "back" })).toMatchObject({ version: 3, policy: steady });
  });

  it("is not written over what somebody else wrote meanwhile", async () => {
    await put("shared", steady, 0);
    await put("shared", { ...steady, maxAttempts: 5 }, 1);
    expect(await refusalOf(put("shared", { ...steady, maxAttempts: 7 }, 1))).toContain(
      "at version 2, not at version 1",
    );
    expect(await api.policies.get({ name: "shared" })).toMatchObject({ policy: { maxAttempts: 5 } });
  });

  it("names the field that is wrong", async () => {
    const error = await put("broken", { ...steady, maxAttempts: 0 }, 0).catch((each) => each);
    expect(error.cause).toMatchObject({ code: "validation", errors: [{ path: "/maxAttempts" }] });
  });

  it("leaves an audit entry with the reason", async () => {
    await api.policies.put({ name: "told", policy: steady, expectedVersion: 0, reason: "calmer nights" });
    const reason = "select reason from signalbox.audit_entries where object_id = 'told'";
    expect(await test.value(reason)).toBe("calmer nights");
  });
});

describe("a backtest", () => {
  it("replays what was recorded: more attempts recover what the old policy gave up", async () => {
    await put("tested", { ...steady, maxAttempts: 2 }, 0);
    await test.define("flaky", { queue: "backtest", retryPolicy: "tested" });
    const id = await test.submit({ definition: "flaky" });
    const worker = await test.worker();
    for (let attempt = 1; attempt <= 2; attempt++) {
      const job = await claimDue(worker, id);
      await endAttempts(test.engine, worker.id, [kit.failure(worker, job)], []);
    }
    expect(await kit.placements(id)).toEqual(["dead"]);
    // Two whole minutes of the past, wherever in a minute the test runs: the definition failed while the job died, and worked
    // again in the next one.
    const minuteMs = 60_000;
    const diedMs =
      (Math.floor(Number(await test.value("select signalbox.now_ms()")) / minuteMs) - 2) * minuteMs;
    await test.value(
      `insert into signalbox.metrics_1m (at_ms, lane, class, submitted, started, completed, retried, died, cancelled)
      select $1::bigint + m * ${minuteMs}, l.id, 2, 0, 9, c, 9 - c, 0, 0 from signalbox.lanes l
      join signalbox.definitions d on d.id = l.definition_id and d.name = 'flaky', (values (0, 0), (1, 9)) v(m, c)`,
      [diedMs],
    );
    await test.value(
      "insert into signalbox.rollups values ('metrics_1m', signalbox.now_ms() + 600000) on conflict (name) do update set done_until_ms = excluded.done_until_ms",
    );
    await test.value(
      `update signalbox.attempts set started_at_ms = $2::bigint + number * 1000, finished_at_ms = $2::bigint + number * 1000 + 500
      where job_id = $1`,
      [id, diedMs],
    );
    const patient = { ...steady, law: { kind: "constant", delayMs: 40_000 }, maxAttempts: 8 } as const;
    const backtest = await api.policies.backtest({ name: "tested", policy: patient, windowMs: 3_600_000 });
    expect(backtest).toMatchObject({ definitions: ["flaky"], complete: true, leftOut: 0 });
    expect(backtest.report).toMatchObject({
      jobs: 1,
      gained: 1,
      lost: 0,
      old: { recovered: { value: 0 }, dead: { value: 1 } },
      new: { recovered: { value: 1 }, dead: { value: 0 } },
    });
  });

  it("says what changes for the jobs that wait for a retry now, on their next failure only", async () => {
    await put("waiting", steady, 0);
    await test.define("waits", { queue: "waiting", retryPolicy: "waiting" });
    const { worker, job } = await kit.claimed("waits");
    await endAttempts(test.engine, worker.id, [kit.failure(worker, job)], []);
    const backtest = await api.policies.backtest({
      name: "waiting",
      policy: { ...steady, maxAttempts: 2 },
      windowMs: 3_600_000,
    });
    expect(backtest.waiting).toMatchObject({
      total: 1,
      atLeast: false,
      changes: { dies: 1, same: 0 },
      shown: [{ id: job.id, change: "dies" }],
    });
    expect(backtest).toMatchObject({ leftOut: 1, report: { jobs: 0 } });
  });

  it("writes nothing", async () => {
    await put("only-looked-at", steady, 0);
    await api.policies.backtest({ name: "only-looked-at", policy: defaultRetryPolicy, windowMs: 60_000 });
    expect(await api.policies.get({ name: "only-looked-at" })).toMatchObject({ version: 1, policy: steady });
  });
});

describe("an analysis of retries", () => {
  const day = 86_400_000;

  it("tells what retries came to, by class and attempt, of a policy and of one definition", async () => {
    await put("analysed", steady, 0);
    await test.define("helped", { queue: "analysed", retryPolicy: "analysed" });
    await test.define("not-helped", { queue: "analysed", retryPolicy: "analysed" });
    const worker = await test.worker();
    const fail = (job: ClaimedAttempt) => endAttempts(test.engine, worker.id, [kit.failure(worker, job)], []);
    const recovers = await test.submit({ definition: "helped" });
    await fail(await claimDue(worker, recovers));
    const last = await claimDue(worker, recovers);
    await completeAttempts(test.engine, worker.id, [kit.completion(last)], []);
    const dies = await test.submit({ definition: "not-helped" });
    for (let attempt = 1; attempt <= 3; attempt++) await fail(await claimDue(worker, dies));
    await fail(await claimDue(worker, await test.submit({ definition: "not-helped" })));
    const withdrawn = await test.submit({ definition: "not-helped" });
    await fail(await claimDue(worker, withdrawn));
    await cancelJob(test.engine, { jobId: withdrawn, reason: null, actor: "ben" });
    const of = await api.policies.analyse({ name: "analysed", windowMs: day });
    expect(of).toMatchObject({
      definitions: ["helped", "not-helped"],
      policy: { name: "analysed", version: 1, body: steady, users: 2 },
      share: 1,
      leftOut: 1,
      suggestion: null,
      analysis: { jobs: 3, recovered: 1, dead: 1, waiting: 1 },
    });
    expect(of.analysis.histogram).toEqual([
      { attempts: 1, succeeded: 0, dead: 0 },
      { attempts: 2, succeeded: 1, dead: 0 },
      { attempts: 3, succeeded: 0, dead: 1 },
    ]);
    expect(of.analysis.all).toMatchObject({ failures: 5, tried: 3, succeeded: 1 });
    expect(of.analysis.wasted).toMatchObject({ retries: 2, ofDead: 2, ofFutile: 0 });
    expect(of.analysis.wasted.perHour).toBeCloseTo(2 / 24, 6);
    expect(of.tooLittle).toMatchObject([{ tried: 3 }]);

    const one = await api.policies.analyse({ definition: "helped", windowMs: day });
    expect(one).toMatchObject({
      definitions: ["helped"],
      policy: { name: "analysed", users: 2 },
      analysis: { jobs: 1, recovered: 1, all: { tried: 1, succeeded: 1 } },
    });
  });

  it("of a definition with a policy of its own starts from that", async () => {
    await test.define("own-way", { retryPolicy: steady });
    expect(await api.policies.analyse({ definition: "own-way", windowMs: day })).toMatchObject({
      policy: { name: null, body: steady, users: 1 },
      analysis: { jobs: 0, firstTry: null },
      suggestion: null,
    });
  });

  it("is refused for what there is not, and for a window beyond 7 days", async () => {
    expect(await refusalOf(api.policies.analyse({ name: "nowhere", windowMs: day }))).toContain(
      "no policy nowhere",
    );
    expect(await refusalOf(api.policies.analyse({ definition: "nowhere", windowMs: day }))).toContain(
      "no definition nowhere",
    );
    expect(await refusalOf(api.policies.analyse({ name: "default", windowMs: 8 * day }))).not.toBeNull();
  });
});
