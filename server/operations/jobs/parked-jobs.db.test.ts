import { describe, expect, it } from "vitest";
import { priorityRank } from "#core/priority/priority-class.ts";
import { inTransaction } from "#db/transaction.ts";
import { keysKit } from "../testing/keys-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { cancelJob } from "./cancel-job.ts";
import { JobWrites } from "./job-writes.ts";
import { moveJob } from "./move-job.ts";
import { reprioritiseChange } from "./reprioritise-change.ts";
import { reprioritiseJob } from "./reprioritise-job.ts";
import { restoreJob } from "./restore-job.ts";
import { retryJob } from "./retry-job.ts";

const test = await testEngine();
const { engine } = test;
const { limit, submit, settle, complete, find, stateOf, act, count } = await keysKit(test);

describe("a parked job", () => {
  const parked = async () => {
    await limit({ maxRunningPerKey: 1 });
    const running = await submit("a");
    const waiting = await submit("a");
    await settle();
    expect([await stateOf(running), await stateOf(waiting)]).toEqual(["available", "held"]);
    return { running, waiting };
  };

  it("says who goes before it", async () => {
    const { running, waiting } = await parked();
    const third = await submit("a");
    const facts = await find(third);
    expect(facts?.waitingReasons[0]).toMatchObject({
      kind: "concurrency-key",
      binding: true,
      text: "1 of key a runs or is in line: queue q lets 1 of a key at once; 1 job of it is ahead",
      ref: { kind: "queue", id: "q" },
      action: "raise-cap",
    });
    expect(facts?.job.concurrencyKey).toBe("a");
    expect([running, waiting]).not.toContain(third);
  });

  it("can be cancelled, and comes back to its place when that is taken back", async () => {
    const { running, waiting } = await parked();
    await cancelJob(engine, act(waiting));
    expect(await stateOf(waiting)).toBe("cancelled");
    const history = await find(waiting);
    expect(history?.events.map(({ from, to }) => [from, to])).toEqual([
      [null, "available"],
      ["available", "held"],
      ["held", "cancelled"],
    ]);
    await restoreJob(engine, act(waiting));
    expect(await stateOf(waiting)).toBe("held");
    await cancelJob(engine, act(running));
    await settle();
    expect(await stateOf(waiting)).toBe("available");
    await restoreJob(engine, act(running));
    expect(await stateOf(running)).toBe("held");
  });

  it("goes first when it is made more urgent", async () => {
    await parked();
    const third = await submit("a");
    await reprioritiseJob(engine, { ...act(third), priority: "high" });
    const worker = await test.worker();
    await complete(worker, await worker.claim(1));
    await settle();
    expect((await worker.claim(5)).map(({ id }) => id)).toEqual([third]);
  });

  it("keeps its place when it is acted on together with the job before it", async () => {
    const { running, waiting } = await parked();
    const change = reprioritiseChange(priorityRank("critical"));
    await inTransaction(engine.pool, async (transaction) => {
      const writes = new JobWrites(transaction);
      await writes.takeAhead([running, waiting], change.takes);
      for (const jobId of [waiting, running]) await change(writes, act(jobId));
      await writes.flush();
    });
    expect([await stateOf(running), await stateOf(waiting)]).toEqual(["available", "held"]);
    await settle();
    expect(await count("ready")).toBe(1);
  });

  it("goes in line when it is moved to a queue that limits no keys, and waits in one that does", async () => {
    const { running, waiting } = await parked();
    await moveJob(engine, { ...act(waiting), queue: "other" });
    expect(await stateOf(waiting)).toBe("available");
    await limit({ maxRunningPerKey: 1 }, "other");
    await moveJob(engine, { ...act(running), queue: "other" });
    expect(await stateOf(running)).toBe("held");
    await settle();
    expect(await count("ready")).toBe(1);
    expect(await count("key_slots")).toBe(1);
  });

  it("is not overtaken by a job of its key that is retried by hand", async () => {
    const { running, waiting } = await parked();
    await cancelJob(engine, act(running));
    await settle();
    expect(await stateOf(waiting)).toBe("available");
    await retryJob(engine, { ...act(running), payload: undefined });
    expect(await stateOf(running)).toBe("held");
    const entry =
      "select after->>'state' from signalbox.audit_entries where action = 'job.retry' order by id desc limit 1";
    expect(await test.value(entry)).toBe("held");
    const history = await find(running);
    expect(history?.events.map(({ kind, to }) => [kind, to])).toEqual([
      ["submitted", "available"],
      ["cancelled", "cancelled"],
      ["retried", "held"],
    ]);
    await settle();
    expect([await stateOf(running), await count("ready")]).toEqual(["held", 1]);
  });
});
