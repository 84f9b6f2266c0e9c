import { describe, expect, it } from "vitest";
import type { Finding } from "#core/alert/alert.ts";
import { alertSetting } from "#core/alert/alert-settings.ts";
import { openAlert } from "#server/store/alerts/open-alert.ts";
import { createCaller } from "./root.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api, reader } = await testCaller();
const { engine } = test;
await test.define("charge", { queue: "billing" });
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{
    key: "starved:billing:normal",
    kind: "starved",
    severity: "warning",
    objectKind: "queue",
    objectId: "billing",
  },
  ...{
    level: 1,
    sinceMs: engine.clock.nowMs() - 60_000,
    jobIds: [],
    evidence: [],
    cause: "It waits.",
    ruledOut: [],
  },
  ...{ whatToDo: [], runbook: "stalled-tasks#starved" },
  containment: { action: "pause-queue", queue: "billing", label: "Pause queue billing" },
  ...more,
});
const opened = (more?: Partial<Finding>) => openAlert(engine.pool, finding(more), engine.clock.nowMs());

describe("the alerts of the console", () => {
  it("are listed critical first, then newest, a page at a time, each once", async () => {
    for (let index = 0; index < 120; index++)
      await opened({ key: `k${index}`, kind: "stuck", severity: index % 40 === 0 ? "critical" : "warning" });
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof api.alerts.open>> = await api.alerts.open({
        kind: "stuck",
        cursor,
      });
      seen.push(...page.alerts.map(({ key }) => key));
      cursor = page.nextCursor;
      pages++;
    } while (cursor !== null);
    expect(pages).toBe(3);
    expect(seen.slice(0, 5)).toEqual(["k80", "k40", "k0", "k119", "k118"]);
    expect(new Set(seen).size).toBe(120);
    await test.value("update signalbox.alerts set cleared_at_ms = 1 where kind = 'stuck'");
    const { alerts, nextCursor } = await api.alerts.past({ kind: "stuck", severity: "critical" });
    expect(alerts.map(({ key }) => key)).toEqual(["k80", "k40", "k0"]);
    expect(nextCursor).toBeNull();
    await expect(api.alerts.open({ cursor: "nonsense" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("stand on the Board: how many are open, and the one that asks for somebody until it is acknowledged or silenced", async () => {
    const told = async () => {
      reader.forget();
      return (await reader.read()).alerts;
    };
    const id = await opened({ key: "a", severity: "critical" });
    expect(await told()).toMatchObject({ open: 1, urgent: 1, first: { id, cause: "It waits." } });
    const other = await opened({ key: "b", severity: "critical", objectId: "mail" });
    expect(await told()).toMatchObject({ open: 2, urgent: 2, first: { id: other } });
    await api.alerts.silence({
      silence: { objectKind: "queue", objectId: "mail", forMs: 60_000, reason: "known" },
    });
    expect(await told()).toMatchObject({ open: 2, urgent: 1, first: { id } });
    await api.alerts.acknowledge({ id, reason: "" });
    expect(await told()).toMatchObject({ open: 2, urgent: 0, first: null });
    expect(await api.alerts.get({ id })).toMatchObject({ acknowledged: { by: "local", note: null } });
  });

  it("are contained with a reason, by the operation that the button stands for, as it was confirmed", async () => {
    const id = await opened({ key: "contain" });
    const asked = { id, label: "Pause queue billing", jobIds: [] };
    await expect(api.alerts.contain({ ...asked, reason: "" })).rejects.toMatchObject({
      message: expect.stringContaining("A reason is needed"),
    });
    expect(await api.alerts.contain({ ...asked, reason: "it floods" })).toEqual({
      outcome: "queue billing is paused",
    });
    expect(await test.value("select paused from signalbox.queues where name = 'billing'")).toBe(true);
    expect(
      await test.value(
        "select array_agg(action order by seq) from signalbox.audit_entries where reason = 'it floods'",
      ),
    ).toEqual(["queue.patch", "alert.contain"]);
  });

  it("are acted on by nobody but operators, and policies and webhooks are an admin's", async () => {
    const as = (role: "viewer" | "operator") =>
      createCaller({
        ...{ db: engine.pool, engine, reader, actor: { kind: "local", name: role, role } },
      } as Parameters<typeof createCaller>[0]);
    const forbidden = { code: "FORBIDDEN" };
    const silence = { kind: "stuck", forMs: 60_000, reason: "x" };
    await expect(as("viewer").alerts.acknowledge({ id: "1", reason: "" })).rejects.toMatchObject(forbidden);
    await expect(as("viewer").alerts.silence({ silence })).rejects.toMatchObject(forbidden);
    await expect(as("operator").webhooks.list()).rejects.toMatchObject(forbidden);
    await expect(
      as("operator").alerts.putPolicies({ value: alertSetting.standard, expectedVersion: 0, reason: "" }),
    ).rejects.toMatchObject(forbidden);
    expect((await as("viewer").alerts.open({})).alerts.length).toBeGreaterThan(0);
    const { id } = await as("operator").alerts.silence({ silence });
    expect(await as("operator").alerts.unsilence({ id })).toEqual({ ended: true });
  });

  it("have policies whose errors name the field", async () => {
    const value = structuredClone(alertSetting.standard);
    value.kinds.lost.action = "retry";
    await expect(api.alerts.putPolicies({ value, expectedVersion: 0, reason: "" })).rejects.toMatchObject({
      cause: { code: "validation", errors: [{ path: "/kinds/lost/action" }] },
    });
    value.kinds.lost.action = "escalate";
    expect(await api.alerts.putPolicies({ value, expectedVersion: 0, reason: "" })).toMatchObject({
      version: 1,
    });
    expect(await api.alerts.policies()).toMatchObject({ version: 1, value, updatedBy: "local" });
  });
});

describe("webhooks", () => {
  const spec = {
    name: "ops",
    url: "https://hooks.example.com/canary-in-path?token=canary-in-url",
    kinds: [],
    enabled: true,
  };

  it("tell their secret once, and never again: not in a list, not in the audit trail", async () => {
    const { id, secret } = await api.webhooks.create({ spec });
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
    expect(JSON.stringify(await api.webhooks.list())).not.toContain("whsec_");
    const { secret: next } = await api.webhooks.update({ id, expectedVersion: 1, spec, newSecret: true });
    expect(next).toMatch(/^whsec_/);
    expect(next).not.toBe(secret);
    expect(
      (
        await api.webhooks.update({
          id,
          expectedVersion: 2,
          spec: { ...spec, enabled: false },
          newSecret: false,
        })
      ).secret,
    ).toBeNull();
    const trail = String(
      await test.value(
        "select string_agg(e::text, ' ') from signalbox.audit_entries e where object_kind = 'webhook'",
      ),
    );
    expect(trail).toContain("webhook.update");
    expect(trail).not.toContain("whsec_");
    expect(trail).not.toContain("canary-in");
    expect(trail).toContain("https://hooks.example.com/");
  });

  it("refuse a name twice, an edit of what has moved on, and addresses that are none", async () => {
    await expect(api.webhooks.create({ spec })).rejects.toMatchObject({
      cause: { code: "conflict", errors: [{ path: "/name" }] },
    });
    const [webhook] = (await api.webhooks.list()).webhooks;
    await expect(
      api.webhooks.update({ id: webhook?.id ?? "", expectedVersion: 1, spec, newSecret: false }),
    ).rejects.toMatchObject({ cause: { code: "version_conflict" } });
    for (const url of ["nope", "ftp://example.com", "https://a:b@example.com"])
      await expect(api.webhooks.create({ spec: { ...spec, name: "x", url } })).rejects.toMatchObject({
        cause: { code: "validation", errors: [{ path: "/url" }] },
      });
  });

  it("queue a test, show how it fared, and go with their messages", async () => {
    const [webhook] = (await api.webhooks.list()).webhooks;
    const id = webhook?.id ?? "";
    await api.webhooks.test({ id });
    expect((await api.webhooks.deliveries({ id })).deliveries).toMatchObject([
      { event: "test", state: "waiting", sends: 0, alertId: null },
    ]);
    expect(await api.webhooks.remove({ id })).toEqual({ removed: true });
    expect(await test.value("select count(*)::int from signalbox.webhook_deliveries")).toBe(0);
    await expect(api.webhooks.remove({ id })).rejects.toMatchObject({ cause: { code: "not_found" } });
  });
});
