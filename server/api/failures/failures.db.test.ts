import { describe, expect, it } from "vitest";
import { endAttempts } from "#server/operations/attempts/end-attempts.ts";
import { countFailures } from "#server/operations/failures/count-failures.ts";
import { attemptKit } from "#server/operations/testing/attempt-kit.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { testCaller } from "../testing/test-caller.ts";

const { test, api } = await testCaller();
const { engine } = test;
const { claimed, failure } = attemptKit(test);
const retryPolicy = { law: { kind: "constant", delayMs: 60_000 }, jitter: "none", maxAttempts: 5 };
await test.define("bill", { retryPolicy, dependencies: ["bank"] });
await test.define("mail", { retryPolicy, queue: "post" });
const epoch = (await takeDuty(engine.pool, "failures", "1", 600_000)) as string;
const count = () => countFailures(engine, { name: "failures", owner: "1", epoch });
const fail = async (
  definition: string,
  report: { name?: string; message: string; class?: "permanent"; code?: string },
) => {
  const { worker, job } = await claimed(definition);
  const ended = { ...failure(worker, job), failure: { name: "Error", ...report } };
  await endAttempts(engine, worker.id, [ended], [job.leaseId]);
  return {
    jobId: job.id,
    fingerprint: (await test.value("select fingerprint from signalbox.attempts where job_id = $1", [
      job.id,
    ])) as string,
  };
};

const reset = await fail("bill", { message: "connect ECONNRESET", code: "ECONNRESET" });
await fail("bill", { message: "connect ECONNRESET", code: "ECONNRESET" });
await fail("mail", { message: "the box is full" });
const dead = await fail("mail", { message: "no such account", class: "permanent" });
await fail("mail", { message: "no such account", class: "permanent" });
await count();

const list = (filter: object = {}, more: object = {}) =>
  api.failures.groups({ filter, order: "last-seen", window: "1h", ...more });

describe("the list of failure groups", () => {
  it("narrows by every filter and counts what happened in the window", async () => {
    const all = await list();
    expect(all.groups.map((group) => group.inWindow).sort()).toEqual([1, 2, 2]);
    const only = async (filter: object) => (await list(filter)).groups.map((group) => group.message);
    expect(await only({ class: "permanent" })).toEqual(["no such account"]);
    expect(await only({ definition: "bill" })).toEqual(["connect ECONNRESET"]);
    expect(await only({ queue: "post" })).toHaveLength(2);
    expect(await only({ dependency: "bank" })).toEqual(["connect ECONNRESET"]);
    expect(await only({ queue: "nowhere" })).toEqual([]);
    expect(await only({ states: ["resolved"] })).toEqual([]);
    const [group] = (await list({ class: "permanent" })).groups;
    expect(group).toMatchObject({ definitions: ["mail"], queues: ["post"], jobs: { dead: 2, retrying: 0 } });
    const [retrying] = (await list({ definition: "bill" })).groups;
    expect(retrying?.jobs).toMatchObject({ dead: 0, retrying: 2 });
  });

  it("pages by each order without a gap or a repetition", async () => {
    const { listGroupSummaries } = await import("./list-group-summaries.ts");
    for (const order of ["last-seen", "count", "rising"] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const ctx = { db: engine.pool, engine } as never;
        const page: Awaited<ReturnType<typeof listGroupSummaries>> = await listGroupSummaries(ctx, {
          ...{ filter: {}, order, window: "1h", limit: 1, cursor },
        });
        seen.push(...page.groups.map((group) => group.fingerprint));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(3);
      expect(new Set(seen).size).toBe(3);
    }
    await expect(list({}, { cursor: "nonsense" })).rejects.toThrow("cursor");
  });
});

describe("the overview", () => {
  it("counts the same failures in every window, and the cells of a class add up to its groups", async () => {
    const { grid, origins } = await api.failures.overview();
    for (const window of ["5m", "1h", "6h", "24h", "7d"])
      expect(
        grid.filter((cell) => cell.window === window).reduce((sum, cell) => sum + cell.failures, 0),
      ).toBe(5);
    expect(origins.reduce((sum, each) => sum + each.failures, 0)).toBe(5);
  });
});

describe("one group", () => {
  it("has its sample, versions, hosts and newest attempts, and says whether its jobs may be retried", async () => {
    const detail = await api.failures.group({ fingerprint: reset.fingerprint, window: "1h" });
    expect(detail).toMatchObject({
      group: { attempts: 2, jobs: { retrying: 2 } },
      first: { definition: "bill", version: 1 },
      sample: { error: { code: "ECONNRESET" } },
      affected: [{ definition: "bill", queue: "q", version: 1, live: true, failures: 2, deaths: 0 }],
      hosts: [{ host: "test", failures: 2 }],
      advice: { verdict: "wait" },
    });
    expect(detail.samples).toHaveLength(2);
    expect(detail.rule).toMatchObject({ builtIn: true });
    await expect(api.failures.group({ fingerprint: "0".repeat(16), window: "1h" })).rejects.toThrow(
      "no failure group",
    );
  });

  it("is put away with a reason and comes back, each act on the audit trail under the actor's name", async () => {
    const { fingerprint } = reset;
    const ignore = { act: "ignore", bound: { kind: "count", more: 5 } } as const;
    await expect(api.failures.setState({ fingerprint, act: ignore, reason: "" })).rejects.toThrow("reason");
    await api.failures.setState({ fingerprint, act: ignore, reason: "known" });
    expect((await list({ states: ["ignored"] })).groups.map((group) => group.said?.reason)).toEqual([
      "known",
    ]);
    await api.failures.setState({ fingerprint, act: { act: "reopen" }, reason: "" });
    const acts = await test.value(
      "select array_agg(actor || ' ' || action order by id) from signalbox.audit_entries where object_id = $1",
      [fingerprint],
    );
    expect(acts).toEqual(["local failure-group.ignore", "local failure-group.reopen"]);
  });
});

describe("the dead letter", () => {
  it("groups the dead, lists them, and loses sight of one that is discarded until it is restored", async () => {
    const groups = async () =>
      (await api.failures.deadGroups()).groups.map(({ fingerprint, dead: n }) => [fingerprint, n]);
    expect(await groups()).toEqual([[dead.fingerprint, 2]]);
    const ids = async (fingerprint: string | null) =>
      (await api.failures.deadJobs({ fingerprint })).jobs.map((job) => job.id);
    expect(await ids(dead.fingerprint)).toHaveLength(2);
    expect(await ids(null)).toHaveLength(2);
    expect(await ids("")).toEqual([]);
    await api.jobs.discard({ ids: [dead.jobId], reason: "not wanted" });
    expect(await ids(dead.fingerprint)).not.toContain(dead.jobId);
    expect(await groups()).toEqual([[dead.fingerprint, 1]]);
    await api.jobs.restore({ ids: [dead.jobId], reason: "" });
    expect(await ids(dead.fingerprint)).toContain(dead.jobId);
  });
});

describe("the rules", () => {
  const rule = {
    name: "full box",
    match: { messagePattern: "box is full" },
    class: "permanent",
    origin: "data",
  };

  it("are tried against what failed before they are saved", async () => {
    const trial = await api.rules.try({ rules: [rule, { ...rule, name: "again" }] });
    expect(trial).toMatchObject({ looked: 5, decided: [1, 0], shadowed: [{ rule: 1, by: 0 }] });
    expect(trial.changes).toMatchObject([
      { from: { class: "unknown" }, to: { class: "permanent", rule: "full box" }, failures: 1 },
    ]);
    expect((await api.rules.get()).version).toBe(0);
    const broken = api.rules.try({ rules: [{ ...rule, match: { messagePattern: "(?=a)" } }] });
    await expect(broken).rejects.toThrow("linear");
  });

  it("are saved with a reason, as versions one can go back to, and a stale edit is refused", async () => {
    const put = (rules: unknown[], expectedVersion: number) =>
      api.rules.put({ rules, expectedVersion, reason: "a full box stays full" });
    expect(await put([rule], 0)).toMatchObject({ version: 1, created: true });
    await expect(put([], 0)).rejects.toThrow("version 1, not 0");
    expect(await put([], 1)).toMatchObject({ version: 2 });
    const { versions, more } = await api.rules.versions({});
    expect(versions).toMatchObject([
      { version: 2, rules: 0, createdBy: "local" },
      { version: 1, rules: 1, reason: "a full box stays full" },
    ]);
    expect(more).toBe(false);
    const first = await api.rules.version({ version: 1 });
    expect(first.rules).toHaveLength(1);
    expect(await put(first.rules, 2)).toMatchObject({ version: 3 });
    await expect(api.rules.version({ version: 9 })).rejects.toThrow("no version 9");
  });

  it("are begun from a failure group, and what is begun matches the group", async () => {
    const full = (await list()).groups.find((group) => group.message === "the box is full");
    const draft = await api.rules.draft({ fingerprint: full?.fingerprint ?? "" });
    expect(draft).toMatchObject({ match: { messagePattern: "the box is full" }, class: "unknown" });
    const trial = await api.rules.try({ rules: [{ ...draft, class: "bug", origin: "code" }] });
    expect(trial.decided).toEqual([1]);
  });

  it("that come with the product are found by words and class", async () => {
    const all = await api.rules.builtIn({ q: "", class: null, from: 0 });
    expect(all.total).toBeGreaterThan(500);
    expect(all.rules).toHaveLength(50);
    const some = await api.rules.builtIn({ q: "card declined", class: "permanent", from: 0 });
    expect(some.rules.map((each) => each.id)).toContain("stripe/declined");
    expect(some.matching).toBeLessThan(20);
  });
});
