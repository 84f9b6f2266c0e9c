import { expect, test } from "vitest";
import { findEscalatedAlerts } from "#core/alert/find-escalated-alerts.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { readStallFacts } from "../alerts/read-stall-facts.ts";
import { undoAutomation } from "../automation/undo-automation.ts";
import { retryJob } from "../jobs/retry-job.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { endAttempts } from "./end-attempts.ts";

const engineOfTest = await testEngine();
const { engine, define, value } = engineOfTest;
const { failure, claimed, placements } = attemptKit(engineOfTest);
const policy = (rule: Record<string, unknown>) => ({
  law: { kind: "constant", delayMs: 60_000 },
  jitter: "none",
  maxAttempts: 3,
  perClass: { transient: { retry: true, ...rule } },
});
await define("raises", { retryPolicy: policy({ raise: true }) });
await define("asks", { retryPolicy: policy({ maxAttempts: 1, escalate: true }) });

/** Fail one job of the definition once. */
async function failOnce(definition: string): Promise<string> {
  const { worker, job } = await claimed(definition);
  await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
  return job.id;
}
const jobOf = async (id: string) => {
  const detail = await findJob(engine.pool, id, engine.catalog.current.priority);
  if (detail === null) throw new Error(`no job ${id}`);
  return detail;
};
const rankOf = (id: string) => value("select class from signalbox.scheduled where id = $1", [id]);

test("a job that its policy raises waits for its retry one class up, once, with its event and an entry on the feed", async () => {
  const id = await failOnce("raises");
  expect(await rankOf(id)).toBe(1);
  const { job, events } = await jobOf(id);
  expect(job).toMatchObject({ rank: 1, state: "retryable", failures: 1 });
  expect(events.find(({ kind }) => kind === "reprioritised")).toMatchObject({
    because: ["the policy raises jobs that fail by class transient, once"],
    data: { priority: "high", before: "normal" },
  });
  expect(await value("select cause from signalbox.automation_events where kind = 'jobs-raised'")).toBe(
    "1 job of raises failed by class transient: the policy raises it from normal to high, once a job",
  );
  await retryJob(engine, { jobId: id, reason: null, actor: "ada" });
  expect((await jobOf(id)).job.rank).toBe(1);
  await engine.pool.query("delete from signalbox.ready");
});

test("raised twice it is not, whatever fails", async () => {
  const id = await failOnce("raises");
  await engine.pool.query({
    text: `with due as (delete from signalbox.scheduled where id = $1 returning *)
      insert into signalbox.ready select run_at_ms - 60000, id, lane, attempt, class, failures, losses, amended from due`,
    values: [id],
  });
  const worker = await engineOfTest.worker();
  const job = (await worker.claim(10)).find((each) => each.id === id);
  if (job === undefined) throw new Error("it was not claimed");
  await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
  expect(await rankOf(id)).toBe(1);
});

test("taking the raise back gives what still waits the class which it had", async () => {
  const id = await failOnce("raises");
  const eventId = Number(
    await value("select max(id) from signalbox.automation_events where kind = 'jobs-raised'"),
  );
  await undoAutomation(engine, { eventId, reason: "it is not urgent", actor: "ada" });
  expect(await rankOf(id)).toBe(2);
  expect((await jobOf(id)).job).toMatchObject({ rank: 2, state: "retryable" });
});

test("a job whose policy asks a person stands in the dead letter, and an alert names it until somebody retries it", async () => {
  const id = await failOnce("asks");
  expect(await placements(id)).toEqual(["dead"]);
  const { attempts, job } = await jobOf(id);
  expect(JSON.parse(attempts[0]?.decision ?? "")).toMatchObject({ kind: "escalate", reason: "max-attempts" });
  expect(job.reason).toBe("escalated: failure 1 of 1 attempts for class transient");
  const alerts = async () => findEscalatedAlerts((await readStallFacts(engine, {})).facts.escalated);
  expect(await alerts()).toMatchObject([
    {
      key: "escalated:asks",
      severity: "critical",
      jobIds: [id],
      cause: "The policy of asks asks a person about 1 job: failure 1 of 1 attempts for class transient.",
      containment: { action: "retry-jobs", label: `Retry job ${id}` },
    },
  ]);
  await retryJob(engine, { jobId: id, reason: null, actor: "ada" });
  expect(await alerts()).toEqual([]);
});
