import { describe, expect, it } from "vitest";
import { inTransaction } from "#db/transaction.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { countFedFailures } from "#server/store/failures/count-fed-failures.ts";
import { findGroup } from "#server/store/failures/find-group.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import { countFailures, forgetFailures } from "./count-failures.ts";
import { setFailureGroupState } from "./set-failure-group-state.ts";

const test = await testEngine();
const { engine } = test;
const { claimed, failure } = attemptKit(test);
await test.define("bill", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 5 },
});
await test.define("mail", {
  retryPolicy: { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 5 },
});

const duty = async (owner = "1") => ({
  name: "failures",
  owner,
  epoch: (await takeDuty(engine.pool, "failures", owner, 60_000)) as string,
});
const held = await duty();
const count = () => countFailures(engine, held);
const failed = async (definition: string, code: string) => {
  const { worker, job } = await claimed(definition);
  await endAttempts(engine, worker.id, [failure(worker, job, code)], [job.leaseId]);
  return (await test.value("select fingerprint from signalbox.attempts where job_id = $1", [
    job.id,
  ])) as string;
};
/** Failures by grain, of which the counts by lane and version and the totals by group must tell the same. */
async function totals(fingerprint: string) {
  const [counts, sums] = await Promise.all(
    ["failure_counts", "failure_totals"].map((table) =>
      test.value(
        `select json_object_agg(grain_ms, n) from (select grain_ms, sum(attempts) as n from signalbox.${table}
          where fingerprint = $1 group by 1 order by 1) t`,
        [fingerprint],
      ),
    ),
  );
  expect(sums).toEqual(counts);
  return counts;
}
const group = async (fingerprint: string) => {
  const found = await findGroup(engine.pool, fingerprint);
  if (found === null) throw new Error("no such group");
  return found;
};
const trail = (fingerprint: string) =>
  test.value(
    `select json_agg(json_build_array(actor, action, reason) order by id)::text from signalbox.audit_entries
      where object_kind = 'failure-group' and object_id = $1`,
    [fingerprint],
  );

describe("counting failures", () => {
  it("counts each failure once, in every grain and in its group, with what it was and where", async () => {
    const one = await failed("bill", "ECONNRESET");
    expect(await failed("bill", "ECONNRESET")).toBe(one);
    expect(await failed("mail", "ECONNRESET")).toBe(one);
    expect(await count()).toBe("done");
    expect(await totals(one)).toBe('{ "60000" : 3, "600000" : 3, "3600000" : 3 }');
    expect(await group(one)).toMatchObject({
      class: "transient",
      code: "ECONNRESET",
      message: "connect ECONNRESET",
      attempts: 3,
      state: "open",
      lanes: [expect.any(Number), expect.any(Number)],
      sample: expect.stringContaining("ECONNRESET"),
    });
    expect(await count()).toBe("done");
    expect(await totals(one)).toBe('{ "60000" : 3, "600000" : 3, "3600000" : 3 }');
    expect(await test.value("select count(*)::int from signalbox.failure_feed")).toBe(0);
  });

  it("counts nothing when the transaction is undone, and everything of it the next time", async () => {
    const one = await failed("bill", "EPIPE");
    const undone = inTransaction(engine.pool, async (transaction) => {
      expect((await countFedFailures(transaction, 100)).taken).toBe(1);
      throw new Error("the dispatcher dies");
    });
    await expect(undone).rejects.toThrow("dies");
    expect(await findGroup(engine.pool, one)).toBeNull();
    await count();
    expect((await group(one)).attempts).toBe(1);
  });

  it("counts a failure that is written long after it happened, which a tail of the clock would miss", async () => {
    const one = await failed("bill", "ETIMEDOUT");
    await count();
    const { worker, job } = await claimed("bill");
    const ended = { ...failure(worker, job, "ETIMEDOUT"), finishedAtMs: engine.clock.nowMs() - 3_600_000 };
    await endAttempts(engine, worker.id, [ended], [job.leaseId]);
    await count();
    const { attempts, firstSeenMs, lastSeenMs } = await group(one);
    expect(attempts).toBe(2);
    expect(lastSeenMs - firstSeenMs).toBeGreaterThan(3_000_000);
  });

  it("is refused to a dispatcher that has lost the duty", async () => {
    await failed("bill", "EAI_AGAIN");
    expect(await countFailures(engine, { ...held, owner: "2" })).toBe("lost");
    expect(await test.value("select count(*)::int from signalbox.failure_feed")).toBe(1);
    expect(await forgetFailures(engine, { ...held, owner: "2" })).toBe("lost");
    await count();
  });

  it("tells deaths from retries", async () => {
    const { worker, job } = await claimed("bill");
    const bad = { name: "PermanentError", message: "no such account", class: "permanent" } as const;
    await endAttempts(engine, worker.id, [{ ...failure(worker, job), failure: bad }], [job.leaseId]);
    const fingerprint = (await test.value("select fingerprint from signalbox.dead where id = $1", [
      job.id,
    ])) as string;
    await count();
    expect(await group(fingerprint)).toMatchObject({ attempts: 1, deaths: 1, class: "permanent" });
  });
});

describe("a group that was put away", () => {
  const said = { reason: "mended", actor: "ann" };

  it("opens again by the dispatcher with the first failure after a resolution, which is on record with its cause", async () => {
    const fingerprint = await failed("bill", "ENOTFOUND");
    await count();
    await setFailureGroupState(engine, { ...said, fingerprint, act: { act: "resolve", inVersion: null } });
    expect(await group(fingerprint)).toMatchObject({
      state: "resolved",
      stateActor: "ann",
      stateReason: "mended",
    });
    await count();
    expect((await group(fingerprint)).state).toBe("resolved");
    await failed("bill", "ENOTFOUND");
    await count();
    expect(await group(fingerprint)).toMatchObject({ state: "open", stateActor: "dispatcher" });
    expect(JSON.parse((await trail(fingerprint)) as string)).toEqual([
      ["ann", "failure-group.resolve", "mended"],
      ["dispatcher", "failure-group.reopen", "failed again in bill version 1 after it was resolved"],
    ]);
  });

  it("stays resolved while only versions before the one named fail", async () => {
    const fingerprint = await failed("bill", "EHOSTUNREACH");
    await count();
    const inVersion = { definition: "bill", version: 2 };
    await setFailureGroupState(engine, { ...said, fingerprint, act: { act: "resolve", inVersion } });
    await failed("bill", "EHOSTUNREACH");
    await count();
    expect(await group(fingerprint)).toMatchObject({ state: "resolved", attempts: 2 });
  });

  it("opens with the failure that fills the count, and when the time has come", async () => {
    const fingerprint = await failed("bill", "ENETUNREACH");
    await count();
    const ignore = (bound: { kind: "count"; more: number } | { kind: "time"; untilMs: number }) =>
      setFailureGroupState(engine, { ...said, fingerprint, act: { act: "ignore", bound } });
    await ignore({ kind: "count", more: 2 });
    await failed("bill", "ENETUNREACH");
    await count();
    expect((await group(fingerprint)).state).toBe("ignored");
    await failed("bill", "ENETUNREACH");
    await count();
    expect((await group(fingerprint)).state).toBe("open");
    await ignore({ kind: "time", untilMs: engine.clock.nowMs() + 3_600_000 });
    await count();
    expect((await group(fingerprint)).state).toBe("ignored");
    await test.value("update signalbox.failure_groups set ignored_until_ms = 1 where fingerprint = $1", [
      fingerprint,
    ]);
    await count();
    expect(await group(fingerprint)).toMatchObject({ state: "open", ignoredUntilMs: null });
  });

  it("is refused what makes no sense, and nothing is written", async () => {
    const fingerprint = await failed("bill", "ECONNABORTED");
    await count();
    const act = (more: object) => setFailureGroupState(engine, { ...said, fingerprint, act: more as never });
    await expect(act({ act: "reopen" })).rejects.toMatchObject({ code: "invalid_state" });
    await expect(act({ act: "ignore", bound: { kind: "time", untilMs: 5 } })).rejects.toMatchObject({
      code: "validation",
      errors: [{ path: "/bound/untilMs" }],
    });
    await expect(
      act({ act: "resolve", inVersion: { definition: "bill", version: 9 } }),
    ).rejects.toMatchObject({
      code: "validation",
      message: expect.stringContaining("at most the next, 2"),
    });
    const gone = { ...said, fingerprint: "0", act: { act: "reopen" } as const };
    await expect(setFailureGroupState(engine, gone)).rejects.toMatchObject({ code: "not_found" });
    expect(await trail(fingerprint)).toBeNull();
  });
});

describe("forgetting", () => {
  it("drops buckets past their keeping, grain by grain, and groups that have not failed for 90 days", async () => {
    const fingerprint = await failed("bill", "EBUSY");
    await count();
    const day = 86_400_000;
    const age = async (grain: number, ms: number) => {
      for (const table of ["failure_counts", "failure_totals"])
        await test.value(
          `update signalbox.${table} set at_ms = at_ms - $3 where fingerprint = $1 and grain_ms = $2`,
          [fingerprint, grain, ms],
        );
    };
    await age(60_000, 2 * 3_600_000);
    await age(600_000, 2 * day);
    await test.value("update signalbox.failure_groups set last_seen_ms = 1 where code = 'EPIPE'");
    await forgetFailures(engine, held);
    expect(await totals(fingerprint)).toBe('{ "60000" : 1, "3600000" : 1 }');
    expect(await test.value("select count(*)::int from signalbox.failure_groups where code = 'EPIPE'")).toBe(
      0,
    );
  });
});
