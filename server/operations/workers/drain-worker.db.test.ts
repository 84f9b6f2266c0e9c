import { describe, expect, it } from "vitest";
import { renewLeases } from "#server/store/leases/renew-leases.ts";
import { endWorker } from "#server/store/workers/end-worker.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { testEngine } from "../testing/test-engine.ts";
import { drainWorker } from "./drain-worker.ts";

const test = await testEngine();
const { engine } = test;
await test.define("work");
const order = (workerId: string, draining = true) =>
  drainWorker(engine, { workerId, draining, reason: "new version", actor: "ann" });
const vitals = { running: 0, loopLagMs: null, saturation: null };
const beat = async (id: string) => (await renewLeases(engine.pool, id, 15_000, vitals, null)).state;

describe("draining a worker", () => {
  it("tells it with its next heartbeat, can be taken back, and both stand in the audit trail", async () => {
    const { id } = await test.worker();
    await order(id);
    expect(await beat(id)).toBe("draining");
    await order(id, false);
    expect(await beat(id)).toBe("active");
    expect(
      await test.value(
        "select array_agg(action || ' ' || reason order by id) from signalbox.audit_entries where object_id = $1",
        [id],
      ),
    ).toEqual(["worker.drain new version", "worker.undrain new version"]);
    expect(await test.value("select drain_reason from signalbox.workers where id = $1", [id])).toBeNull();
  });

  it("is refused for one that drains already, has ended or never was, and leaves no trace", async () => {
    const [draining, ended] = [await test.worker(), await test.worker()];
    await order(draining.id);
    await endWorker(engine.pool, ended.id, "stopped");
    const before = await test.value("select count(*)::int from signalbox.audit_entries");
    await expect(order(draining.id)).rejects.toMatchObject({ code: "invalid_state" });
    await expect(order(ended.id)).rejects.toMatchObject({ code: "invalid_state" });
    await expect(order("999999")).rejects.toMatchObject({ code: "not_found" });
    await expect(order("nobody")).rejects.toMatchObject({ code: "not_found" });
    expect(await test.value("select count(*)::int from signalbox.audit_entries")).toBe(before);
  });
});

describe("a worker that was lost", () => {
  it("is remembered with the number of jobs that were taken back from it", async () => {
    for (let n = 0; n < 3; n++) await test.submit({ definition: "work" });
    const worker = await test.worker();
    await worker.claim(3);
    await test.value("update signalbox.leases set until_ms = 1");
    expect(await reapLeases(engine, 50)).toBe(3);
    expect(await test.value("select taken_back from signalbox.workers where id = $1", [worker.id])).toBe(3);
  });
});
