import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildJob } from "#core/job/rebuild-job.ts";
import { defaultPrioritySettings } from "#core/priority/priority-settings.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { type ClaimedAttempt, Claimer } from "#server/operations/attempts/claim-attempts.ts";
import { completeAttempts } from "#server/operations/attempts/complete-attempts.ts";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { retryJob } from "#server/operations/jobs/retry-job.ts";
import { patchQueue } from "#server/operations/queues/patch-queue.ts";
import { registerWorker } from "#server/operations/workers/register-worker.ts";
import { silentLog } from "#server/system/log.ts";
import { findJob, type JobDetail } from "./find-job.ts";
import { toJobDetailView } from "./job-detail-view.ts";
import { promoteDue } from "./promote-due.ts";

const database = await testDatabase();
let engine: Engine;
let worker: { workerId: string };
let claimer: Claimer;
const served = { pool: "default", definitions: ["work"], target: "worker" } as const;

beforeAll(async () => {
  engine = await openEngine({ connectionString: database.url, applicationName: "test", log: silentLog });
  const law = { kind: "constant", delayMs: 60_000 };
  const retryPolicy = { law, jitter: "none", maxAttempts: 3 };
  await putDefinition(engine, {
    name: "work",
    body: { queue: "q", inputSchema: true, retryPolicy },
    actor: "test",
  });
  await putDefinition(engine, { name: "unserved", body: { queue: "q", inputSchema: true }, actor: "test" });
  const registration = {
    definitions: ["work"],
    concurrency: 10,
    host: "here",
    pid: 1,
    version: null,
    heartbeatMs: 600_000,
  };
  worker = await registerWorker(engine, { ...registration, pool: "default", transport: "postgres" });
  claimer = new Claimer(engine);
});
afterAll(() => engine.close());

async function submit(
  definition: string,
  job: { runAtMs?: number; priority?: "critical" } = {},
): Promise<string> {
  const [result] = await enqueueJobs(engine, [{ definition, payload: { n: 1 }, ...job }], {
    actor: "token:shop",
  });
  if (!result?.ok) throw new Error("refused");
  return result.id;
}

async function claimOnly(id: string): Promise<ClaimedAttempt> {
  const claimed = await claimer.claim({
    ...worker,
    served,
    leaseMs: 600_000,
    max: 1,
    maxOther: 1,
    leasePerJob: true,
  });
  expect(claimed.map((each) => each.id)).toEqual([id]);
  return claimed[0] as ClaimedAttempt;
}

async function fail(attempt: ClaimedAttempt, failureClass: "transient" | "permanent"): Promise<void> {
  const { id, leaseId, claimedAtMs } = attempt;
  const failure = {
    name: "Error",
    message: "it broke",
    stack: "Error: it broke\n    at work",
    class: failureClass,
  };
  const ended = {
    leaseId,
    jobId: id,
    attempt: attempt.attempt,
    workerId: worker.workerId,
    startedAtMs: claimedAtMs,
    finishedAtMs: claimedAtMs + 5,
  };
  const settled = await endAttempts(
    engine,
    worker.workerId,
    [{ ...ended, outcome: "failed", failure }],
    [leaseId],
  );
  expect([...settled]).toEqual([id]);
}

/** Read a job, and hold its history to the state, attempt and failures it shows. */
async function read(id: string): Promise<JobDetail> {
  const detail = (await findJob(database.pool, id, defaultPrioritySettings)) as JobDetail;
  const { job, events } = detail;
  const rebuilt = rebuildJob(events);
  expect(rebuilt).toMatchObject({
    state: job.state,
    attempt: job.attempt,
    failures: job.failures,
    losses: job.losses,
  });
  const times = events.map((event) => event.atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  return detail;
}

const kinds = (detail: JobDetail) => detail.events.map(({ kind, to }) => `${kind} ${to}`);

describe("one job with everything there is to know of it", () => {
  test("a job that fails, backs off, is retried by an operator and completes tells all of it in order", async () => {
    const id = await submit("work");
    expect(kinds(await read(id))).toEqual(["submitted available"]);
    const first = await claimOnly(id);
    const running = await read(id);
    expect(running.job).toMatchObject({ state: "running", attempt: 1, workerId: worker.workerId });
    expect(running.attempts).toMatchObject([
      { number: 1, outcome: "running", host: "here", finishedAtMs: null },
    ]);
    await fail(first, "transient");
    const waiting = await read(id);
    expect(waiting.job).toMatchObject({ state: "retryable", attempt: 1, failures: 1, maxAttempts: 3 });
    expect(waiting.job.lastError).toMatchObject({ message: "it broke", class: "transient", attempt: 1 });
    expect(waiting.waitingReasons[0]).toMatchObject({
      kind: "backoff",
      binding: true,
      untilMs: waiting.job.runAtMs,
    });
    await retryJob(engine, { jobId: id, reason: "fixed", actor: "operator:ann", payload: { n: 2 } });
    const again = await read(id);
    expect(again.job).toMatchObject({ state: "available", attempt: 1, failures: 0, payload: '{"n":2}' });
    const second = await claimOnly(id);
    const run = {
      leaseId: second.leaseId,
      jobId: id,
      attempt: 2,
      startedAtMs: second.claimedAtMs,
      finishedAtMs: second.claimedAtMs + 7,
      output: '{"ok":true}',
    };
    await completeAttempts(
      engine,
      worker.workerId,
      [{ ...run, lane: second.lane, rank: second.rank }],
      [second.leaseId],
    );
    const done = await read(id);
    expect(kinds(done)).toEqual([
      "submitted available",
      "claimed running",
      "failed retryable",
      "payload-replaced retryable",
      "retried available",
      "claimed running",
      "completed completed",
    ]);
    expect(done.waitingReasons).toEqual([]);
    const view = toJobDetailView(done);
    expect(view).toMatchObject({ state: "completed", output: { ok: true }, attempt: 2, priority: "normal" });
    expect(view.attempts).toMatchObject([
      {
        number: 1,
        outcome: "failed",
        class: "transient",
        durationMs: 5,
        decision: { kind: "retry", delayMs: 60_000 },
        error: { message: "it broke" },
      },
      { number: 2, outcome: "completed", durationMs: 7, error: null, decision: null },
    ]);
  });

  test("a job due later says when, is promoted, and dies with its reason", async () => {
    const soonMs = (await read(await submit("unserved"))).job.createdAtMs + 300_000;
    const id = await submit("work", { runAtMs: soonMs });
    const later = await read(id);
    expect(later.job).toMatchObject({ state: "scheduled", runAtMs: soonMs });
    expect(later.waitingReasons[0]).toMatchObject({ kind: "due-later", binding: true, action: "run-now" });
    await database.pool.query("update signalbox.scheduled set run_at_ms = 5 where id = $1", [id]);
    expect(await promoteDue(database.pool, 10)).toMatchObject({ moved: 1 });
    expect(kinds(await read(id))).toEqual(["submitted scheduled", "promoted available"]);
    await fail(await claimOnly(id), "permanent");
    const dead = await read(id);
    expect(kinds(dead)).toEqual([
      "submitted scheduled",
      "promoted available",
      "claimed running",
      "failed dead",
    ]);
    expect(dead.job).toMatchObject({ state: "dead", failures: 1 });
    await retryJob(engine, { jobId: id, reason: null, actor: "operator:ann" });
    expect((await read(id)).job).toMatchObject({ state: "available", failures: 0, finishedAtMs: null });
    await cancelJob(engine, { jobId: id, reason: "enough", actor: "operator:ann" });
    expect((await read(id)).job).toMatchObject({ state: "cancelled", reason: "enough" });
  });

  test("a running job that is cancelled shows who asked, and ends cancelled", async () => {
    const id = await submit("work");
    const attempt = await claimOnly(id);
    await cancelJob(engine, { jobId: id, reason: "wrong customer", actor: "operator:ann" });
    const asked = await read(id);
    expect(asked.job.state).toBe("running");
    expect(asked.job.cancelRequestedAtMs).not.toBeNull();
    await fail(attempt, "transient");
    const ended = await read(id);
    expect(ended.job).toMatchObject({ state: "cancelled", failures: 0 });
    expect(ended.job.cancelRequestedAtMs).not.toBeNull();
    expect(ended.attempts).toMatchObject([{ outcome: "cancelled" }]);
  });

  test("a waiting job names its place in line, a missing worker, the cap and the pause", async () => {
    const unserved = await submit("unserved", { priority: "critical" });
    const reasons = async (id: string) => (await read(id)).waitingReasons.map((reason) => reason.kind);
    expect(await reasons(unserved)).toEqual(["no-worker", "in-line"]);
    const waiting = await submit("work");
    const detail = await read(waiting);
    expect(detail.waitingReasons).toMatchObject([{ kind: "in-line", binding: true }]);
    expect(detail.waitingReasons[0]?.text).toMatch(/ahead, class normal/);
    await patchQueue(engine, { name: "q", body: { maxRunning: 0 }, actor: "test" });
    expect(await reasons(waiting)).toEqual(["cap-reached", "in-line"]);
    await patchQueue(engine, { name: "q", body: { paused: true }, actor: "test" });
    expect((await read(waiting)).job.state).toBe("held");
    expect(await reasons(waiting)).toEqual(["queue-paused", "cap-reached"]);
    await patchQueue(engine, { name: "q", body: { paused: false, maxRunning: null }, actor: "test" });
    await cancelJob(engine, { jobId: waiting, reason: null, actor: "test" });
  });

  test("an id that is nobody's, or cannot be one, finds nothing", async () => {
    for (const id of ["1", "9223372036854775807", "9223372036854775808", "abc", "-1", "0"])
      expect(await findJob(database.pool, id, defaultPrioritySettings)).toBeNull();
  });
});
