import { describe, expect, it } from "vitest";
import { type AlertSettings, alertSetting } from "#core/alert/alert-settings.ts";
import { clearLooks } from "#core/alert/watch-alerts.ts";
import { storageGuardSetting } from "#core/pressure/storage-guard.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { listOpenAlerts, listPastAlerts } from "#server/store/alerts/list-alerts.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { assessAttention } from "../attention/assess-attention.ts";
import { endOverdueJobs } from "../jobs/end-overdue-jobs.ts";
import { takeDepthSample } from "../metrics/maintain-metrics.ts";
import { guardStorage } from "../pressure/guard-storage.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { putSetting } from "../settings/put-setting.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { createWebhook } from "../webhooks/create-webhook.ts";
import { acknowledgeAlert } from "./acknowledge-alert.ts";
import { assessAlerts } from "./assess-alerts.ts";
import { containAlert } from "./contain-alert.ts";
import { silenceAlerts, unsilenceAlerts } from "./silence-alerts.ts";

const test = await testEngine();
const { engine } = test;
const { claimed, failure, placements } = attemptKit(test);
const duty = async (name: string) => ({
  name,
  owner: "1",
  epoch: (await takeDuty(engine.pool, name, "1", 600_000)) as string,
});
const duties = {
  alerts: await duty("alerts"),
  depth: await duty("depth"),
  attention: await duty("attention"),
  storage: await duty("storage-guard"),
};

/** Count, assess and look, so many times. */
async function look(times = 1): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    await test.value("delete from signalbox.depth_samples");
    await takeDepthSample(engine, duties.depth);
    await assessAttention(engine, duties.attention);
    expect(await assessAlerts(engine, duties.alerts)).toBe(true);
  }
}
const open = (kind: AlertRow["kind"]) => listOpenAlerts(engine.pool, { kind }, null, 100);
const past = (kind: AlertRow["kind"]) => listPastAlerts(engine.pool, { kind }, null, 100);
async function opened(kind: AlertRow["kind"]): Promise<AlertRow> {
  const [alert] = await open(kind);
  if (!alert) throw new Error(`no open alert of kind ${kind}`);
  return alert;
}
const late = (jobId: string) =>
  test.value("update signalbox.ready set run_at_ms = run_at_ms - 60000 where id = $1", [jobId]);
const messages = () =>
  test.value("select coalesce(array_agg(event order by id), '{}') from signalbox.webhook_deliveries");
async function policy(kinds: Partial<AlertSettings["kinds"]>): Promise<void> {
  const version = await test.value("select version from signalbox.settings where key = 'alerts'");
  await putSetting(engine, alertSetting, {
    value: { ...alertSetting.standard, kinds: { ...alertSetting.standard.kinds, ...kinds } },
    expectedVersion: Number(version ?? 0),
    actor: "ann",
    reason: null,
  });
}
await test.define("urgent", { queue: "front", priority: "critical" });
await test.define("stays", { queue: "back" });
await test.define("dated", { queue: "dated", timeouts: { attemptMs: 1_000, totalMs: 60_000 } });
await createWebhook(engine, {
  spec: { name: "ops", url: "https://hooks.example.com/", kinds: ["starved", "overdue"], enabled: true },
  actor: "ann",
});

describe("a stuck job", () => {
  it("is told with its worker and restarted by one press: cancelled there, then in line again", async () => {
    const { worker, job } = await claimed("stays");
    await test.value(
      "update signalbox.leases set claimed_at_ms = claimed_at_ms - 400000 where $1 = any(ids)",
      [job.id],
    );
    await look(3);
    const alert = await opened("stuck");
    expect(alert).toMatchObject({ objectId: "stays", jobIds: [job.id], severity: "warning" });
    expect(await open("throughput-zero")).toMatchObject([{ objectId: "stays" }]);
    const asked = { id: alert.id, jobIds: alert.jobIds, actor: "ann", reason: "it hangs" };
    await expect(containAlert(engine, { ...asked, label: "Pause everything" })).rejects.toMatchObject({
      code: "conflict",
    });
    const { outcome } = await containAlert(engine, { ...asked, label: alert.containment?.label ?? "" });
    expect(outcome).toBe("1 job will be restarted");
    await look(1);
    expect(await placements(job.id)).toEqual(["leased"]);
    await endAttempts(engine, worker.id, [failure(worker, job)], [job.leaseId]);
    expect(await placements(job.id)).toEqual(["cancelled"]);
    await look(1);
    expect(await placements(job.id)).toEqual(["ready"]);
    expect(await test.value("select count(*)::int from signalbox.job_restarts")).toBe(0);
    await look(clearLooks);
    expect(await open("stuck")).toEqual([]);
    await expect(containAlert(engine, { ...asked, label: "x" })).rejects.toMatchObject({
      code: "invalid_state",
    });
  });
});

describe("a database that runs out of room", () => {
  const guarded = async (warnAt: number | null, expectedVersion: number) => {
    const value = { ...storageGuardSetting.standard, database: { warnAt, stopAt: null } };
    await putSetting(engine, storageGuardSetting, { value, expectedVersion, actor: "ann", reason: null });
    expect(await guardStorage(engine, duties.storage)).toBeTruthy();
  };

  it("is told while it is beyond its bound, and clears when it is not", async () => {
    await guarded(1_000_000, 0);
    await look(3);
    expect(await opened("storage")).toMatchObject({
      ...{ key: "storage:database", severity: "warning", objectKind: "system" },
      cause: expect.stringContaining("beyond its bound of 1 MB"),
    });
    await guarded(null, 1);
    await look(clearLooks);
    expect(await open("storage")).toEqual([]);
  });
});

describe("assessing alerts", () => {
  it("opens an alert when three looks found it wrong, tells webhooks once, and keeps it while it lasts", async () => {
    await late(await test.submit({ definition: "urgent" }));
    await look(2);
    expect(await open("starved")).toEqual([]);
    await look(1);
    const alert = await opened("starved");
    expect(alert).toMatchObject({
      ...{ key: "starved:front:critical", objectKind: "queue", objectId: "front", clearedAtMs: null },
      cause: expect.stringContaining("no live worker serves urgent"),
      evidence: expect.arrayContaining([expect.objectContaining({ value: "front", unit: "queue" })]),
    });
    expect(await messages()).toEqual(["alert.opened"]);
    await look(3);
    const later = await opened("starved");
    expect(later.id).toBe(alert.id);
    expect(later.seenAtMs).toBeGreaterThan(alert.seenAtMs);
    expect(await messages()).toEqual(["alert.opened"]);
  });

  it("does not take what somebody paused for starved, and clears after ten calm looks", async () => {
    const { id } = await opened("starved");
    await patchQueue(engine, { name: "front", body: { paused: true }, actor: "ann" });
    await look(clearLooks - 1);
    expect((await opened("starved")).id).toBe(id);
    await look(1);
    expect(await open("starved")).toEqual([]);
    expect(await past("starved")).toMatchObject([{ id, clearedAtMs: expect.any(Number) }]);
    expect(await messages()).toEqual(["alert.opened", "alert.cleared"]);
  });

  it("takes the same alert up again when it comes back, as nobody's", async () => {
    const [before] = await past("starved");
    await patchQueue(engine, { name: "front", body: { paused: false }, actor: "ann" });
    await look(3);
    expect(await opened("starved")).toMatchObject({ id: before?.id, reopened: 1, acknowledged: null });
  });

  it("is taken on by one person, with a note, in the audit trail", async () => {
    const { id } = await opened("starved");
    await acknowledgeAlert(engine, { id, actor: "ann", reason: "starting a worker" });
    expect((await opened("starved")).acknowledged).toMatchObject({ by: "ann", note: "starting a worker" });
    await expect(acknowledgeAlert(engine, { id, actor: "bob", reason: null })).rejects.toMatchObject({
      code: "invalid_state",
      message: expect.stringContaining("by ann already"),
    });
    await expect(acknowledgeAlert(engine, { id: "999", actor: "bob", reason: null })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(
      await test.value(
        "select actor || ' ' || reason from signalbox.audit_entries where action = 'alert.acknowledge'",
      ),
    ).toBe("ann starting a worker");
  });

  it("does nothing under a duty that has passed to another", async () => {
    expect(await assessAlerts(engine, { ...duties.alerts, epoch: "99" })).toBe(false);
  });
});

describe("a silence", () => {
  it("keeps an alert from being told while it holds, by key, kind or object, and can be ended", async () => {
    await test.define("quiet", { queue: "quiet", priority: "critical" });
    const { id } = await silenceAlerts(engine, {
      silence: { objectKind: "queue", objectId: "quiet", forMs: 60_000, reason: "moving it" },
      actor: "ann",
    });
    const before = await messages();
    await late(await test.submit({ definition: "quiet" }));
    await look(3);
    const [alert] = await listOpenAlerts(engine.pool, { objectKind: "queue", objectId: "quiet" }, null, 10);
    expect(alert).toMatchObject({ key: "starved:quiet:critical", silencedUntilMs: expect.any(Number) });
    expect(await messages()).toEqual(before);
    await unsilenceAlerts(engine, { id, actor: "ann" });
    expect(
      (await listOpenAlerts(engine.pool, { objectId: "quiet" }, null, 10))[0]?.silencedUntilMs,
    ).toBeNull();
    await expect(unsilenceAlerts(engine, { id, actor: "ann" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is refused without a reason, without an object, of everything, and for ever", async () => {
    const refusal = (silence: object) =>
      silenceAlerts(engine, { silence, actor: "ann" }).catch((error) => error);
    const good = { kind: "stuck", forMs: 60_000, reason: "known" };
    for (const [bad, path] of [
      [{ ...good, reason: " " }, "/reason"],
      [{ forMs: 60_000, reason: "all of it" }, "/key"],
      [{ ...good, objectKind: "queue" }, "/objectId"],
      [{ ...good, forMs: 1 }, "/forMs"],
      [{ ...good, forMs: 9e12 }, "/forMs"],
      [{ ...good, kind: "nope" }, "/kind"],
    ] as const)
      expect(await refusal(bad)).toMatchObject({ code: "validation", errors: [{ path }] });
  });
});

describe("a policy", () => {
  it("acts once, through the operation that people use, and says so on the automation feed", async () => {
    await policy({ overdue: { action: "retry", afterMs: 0 } });
    const jobId = await test.submit({ definition: "dated" });
    const expire = async () => {
      await test.value(
        "insert into signalbox.deadlines values ($1, 1) on conflict (job_id) do update set deadline_ms = 1",
        [jobId],
      );
      await endOverdueJobs(engine, 10);
    };
    await expire();
    expect(await placements(jobId)).toEqual(["dead"]);
    await look(3);
    expect(await placements(jobId)).toEqual(["ready"]);
    expect(
      await test.value(
        "select array_agg(actor) from signalbox.audit_entries where action = 'job.retry' and object_id = $1",
        [jobId],
      ),
    ).toEqual(["signalbox"]);
    await expire();
    await look(3);
    expect(await placements(jobId)).toEqual(["dead"]);
    expect((await opened("overdue")).acted).toMatchObject({ action: "retry" });
    expect(
      await test.value("select count(*)::int from signalbox.automation_events where kind = 'alert-retry'"),
    ).toBe(1);
  });

  it("escalates what nobody took on: critical, told again; and leaves alone what somebody has", async () => {
    await policy({ starved: { action: "escalate", afterMs: 0 } });
    const [mine, other] = [
      (await listOpenAlerts(engine.pool, { objectId: "front" }, null, 1))[0],
      (await listOpenAlerts(engine.pool, { objectId: "quiet" }, null, 1))[0],
    ];
    expect(mine?.acknowledged?.by).toBe("ann");
    await look(1);
    expect((await listOpenAlerts(engine.pool, { objectId: "front" }, null, 1))[0]?.escalatedAtMs).toBeNull();
    const escalated = (await listOpenAlerts(engine.pool, { objectId: "quiet" }, null, 1))[0];
    expect(escalated).toMatchObject({
      id: other?.id,
      severity: "critical",
      escalatedAtMs: expect.any(Number),
    });
    expect(((await messages()) as string[]).at(-1)).toBe("alert.escalated");
    const count = ((await messages()) as string[]).length;
    await look(2);
    expect(((await messages()) as string[]).length).toBe(count);
  });
});
