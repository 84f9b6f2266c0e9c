import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JobState, jobStates } from "#core/job/job-state.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { patchQueue } from "#server/operations/queues/patch-queue.ts";
import { silentLog } from "#server/system/log.ts";
import type { JobFilter } from "./job-filter.ts";
import { listJobs } from "./list-jobs.ts";
import { loadJobRows } from "./load-job-rows.ts";
import { planJobScan } from "./plan-job-scan.ts";
import { scanStatement } from "./scan-job-ids.ts";

const database = await testDatabase();
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({ connectionString: database.url, applicationName: "test", log: silentLog });
  const inputSchema = true;
  await putDefinition(engine, { name: "send-mail", body: { queue: "mail", inputSchema }, actor: "test" });
  await putDefinition(engine, { name: "resize", body: { queue: "images", inputSchema }, actor: "test" });
});
afterAll(() => engine.close());

type Submit = Partial<Parameters<typeof enqueueJobs>[1][number]>;

async function submit(definition: string, jobs: Submit[]): Promise<string[]> {
  const results = await enqueueJobs(
    engine,
    jobs.map((job) => ({ definition, payload: {}, ...job })),
    { actor: "test" },
  );
  return results.map((result) => {
    if (!result.ok) throw result.error;
    return result.id;
  });
}

async function all(filter: JobFilter, limit = 7): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listJobs(database.pool, filter, { limit, cursor });
    expect(page.jobs.length).toBeLessThanOrEqual(limit);
    ids.push(...page.jobs.map((job) => job.id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

/** Put jobs where the engine would, without waiting for it. */
async function place(state: JobState, ids: string[]): Promise<void> {
  const { rows } = await database.pool.query(
    "delete from signalbox.ready where id = any($1::bigint[]) returning id, lane, class, run_at_ms",
    [ids],
  );
  expect(rows).toHaveLength(ids.length);
  const facts = "select id, lane, class from signalbox.jobs where id = any($1::bigint[])";
  const into: Partial<Record<JobState, string>> = {
    dead: `insert into signalbox.dead select id, 5, lane, class, 1, 1, 0, false, 'bug', 'why', 'f1' from (${facts}) j`,
    retryable: `insert into signalbox.scheduled select id, 9e12::bigint, lane, 1, class, 1, 0, false, true from (${facts}) j`,
    completed: `insert into signalbox.completed select id, 5, 6, 1, 1, '{"ok":true}' from (${facts}) j`,
    running: `insert into signalbox.leases (id, worker_id, claimed_at_ms, until_ms, ids, attempts)
      select (random() * 1e15)::bigint, 1, 3, 9e12::bigint, array_agg(id), array_agg(1) from (${facts}) j`,
  };
  await database.pool.query(into[state] as string, [ids]);
}

describe("listing jobs", () => {
  test("pages by id, newest first, each job once", async () => {
    const ids = await submit(
      "send-mail",
      Array.from({ length: 25 }, () => ({ tags: ["paged"] })),
    );
    expect(await all({ tag: "paged" })).toEqual(ids.toReversed());
    expect((await all({ definition: "send-mail" })).slice(0, 25)).toEqual(ids.toReversed());
    expect((await all({})).slice(0, 25)).toEqual(ids.toReversed());
  });

  test("tells every state by the placement, and filters by each alone and together", async () => {
    const ids = await submit(
      "resize",
      Array.from({ length: 12 }, () => ({ tags: ["placed"] })),
    );
    const groups: Record<string, string[]> = {
      dead: ids.slice(0, 2),
      retryable: ids.slice(2, 4),
      completed: ids.slice(4, 6),
      running: ids.slice(6, 8),
      available: ids.slice(8, 12),
      scheduled: await submit("resize", [{ tags: ["placed"], runAtMs: 9_000_000_000_000 }]),
    };
    for (const state of ["dead", "retryable", "completed", "running"] as const)
      await place(state, groups[state] as string[]);
    const [cancelled] = await submit("resize", [{ tags: ["placed"] }]);
    await cancelJob(engine, { jobId: cancelled as string, reason: "no longer needed", actor: "test" });
    groups.cancelled = [cancelled as string];
    for (const [state, members] of Object.entries(groups)) {
      const expected = members.toReversed();
      expect(await all({ states: [state as JobState], queue: "images" }), state).toEqual(expected);
      expect(await all({ states: [state as JobState], tag: "placed" }), state).toEqual(expected);
    }
    const everyone = Object.values(groups).flat().sort().reverse();
    expect(await all({ states: [...jobStates], queue: "images" })).toEqual(everyone);
    expect(await all({ states: ["dead", "cancelled", "scheduled"] })).toEqual(
      [...(groups.dead as string[]), ...(groups.cancelled as string[]), ...(groups.scheduled as string[])]
        .sort()
        .reverse(),
    );
    expect(await all({ failureGroup: "none" })).toEqual([]);
    const { jobs } = await loadJobRows(database.pool, [ids[4] as string]);
    expect(jobs[0]).toMatchObject({
      state: "completed",
      output: '{"ok": true}'.replace(" ", ""),
      attempt: 1,
      startedAtMs: 5,
      finishedAtMs: 6,
    });
  });

  test("a job in a paused queue is held", async () => {
    await putDefinition(engine, {
      name: "paused-work",
      body: { queue: "paused", inputSchema: true },
      actor: "test",
    });
    const ids = await submit("paused-work", [{}, {}]);
    expect(await all({ states: ["held"], queue: "paused" })).toEqual([]);
    await patchQueue(engine, { name: "paused", body: { paused: true }, actor: "test" });
    expect(await all({ states: ["held"], queue: "paused" })).toEqual(ids.toReversed());
    expect(await all({ states: ["held"] })).toEqual(ids.toReversed());
    expect(await all({ states: ["available"], queue: "paused" })).toEqual([]);
  });

  test("filters by keys, priority, time and words", async () => {
    const [a, b, c] = (await submit("send-mail", [
      {
        correlationId: "order-7",
        idempotencyKey: "k-7",
        priority: "critical",
        payload: { note: "Zebra crossing" },
      },
      { correlationId: "order-7", priority: "bulk" },
      { correlationId: "order-8", priority: "critical" },
    ])) as [string, string, string];
    expect(await all({ correlationId: "order-7" })).toEqual([b, a]);
    expect(await all({ correlationId: "order-7", priorities: ["critical"] })).toEqual([a]);
    expect(await all({ priorities: ["critical"] })).toEqual([c, a]);
    expect(await all({ idempotencyKey: "k-7" })).toEqual([a]);
    expect(await all({ q: a })).toEqual([a]);
    expect(await all({ q: "order-8" })).toEqual([c]);
    expect(await all({ q: "zebra" })).toEqual([a]);
    expect((await all({ q: "paused-wo" })).length).toBe(2);
    expect(await all({ q: "no such words" })).toEqual([]);
    const createdAtMs = (await loadJobRows(database.pool, [a])).jobs[0]?.createdAtMs as number;
    expect(await all({ correlationId: "order-7", sinceMs: createdAtMs, untilMs: createdAtMs })).toContain(a);
    expect(await all({ correlationId: "order-7", untilMs: createdAtMs - 1 })).toEqual([]);
    expect(await all({ correlationId: "order-7", sinceMs: createdAtMs + 60_000 })).toEqual([]);
    expect(await all({ queue: "no-such-queue" })).toEqual([]);
  });

  test("refuses a cursor that is not its own", async () => {
    for (const cursor of ["x", "WyJhYmMiXQ", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd", "!!"])
      await expect(listJobs(database.pool, {}, { limit: 5, cursor })).rejects.toMatchObject({
        code: "bad_cursor",
      });
  });

  test("cuts a page of large payloads short instead of answering with all of them", async () => {
    await submit(
      "send-mail",
      Array.from({ length: 40 }, () => ({ tags: ["large"], payload: "x".repeat(262_000) })),
    );
    const page = await listJobs(database.pool, { tag: "large" }, { limit: 200 });
    expect(page.jobs.length).toBeGreaterThan(25);
    expect(page.jobs.length).toBeLessThan(40);
    expect(page.nextCursor).not.toBeNull();
    expect((await all({ tag: "large" }, 200)).length).toBe(40);
    expect((await listJobs(database.pool, { tag: "large" }, { limit: 200, brief: true })).jobs).toHaveLength(
      40,
    );
  });
});

describe("plans of the list", () => {
  beforeAll(async () => {
    await database.pool.query(
      `insert into signalbox.jobs (id, lane, class, definition_version, payload, tags, concurrency_key)
       select signalbox.first_id_at(1735689600000) + n * 4096, (select min(id) from signalbox.lanes), 2, 1, '{}', array['t' || n % 1000],
         case when n % 5000 = 0 then 'few' when n % 2 = 0 then 'many' end
       from generate_series(1, 60000) n`,
    );
    await database.pool.query(
      `insert into signalbox.completed select id, 1, 2, 1, 1, null from signalbox.jobs where id < signalbox.first_id_at(1735776000000) and id % 3 = 0`,
    );
    await database.pool.query(
      `insert into signalbox.ready select 5, id, lane, 0, 2, 0, 0 from signalbox.jobs where id < signalbox.first_id_at(1735776000000) and id % 3 <> 0`,
    );
    await database.pool.query("analyze");
  });

  interface PlanNode {
    "Node Type": string;
    "Actual Rows": number;
    "Actual Loops": number;
    Plans?: PlanNode[];
  }

  async function nodes(filter: JobFilter): Promise<PlanNode[]> {
    const plan = await planJobScan(database.pool, filter);
    const scan =
      plan === null
        ? null
        : scanStatement(plan.scan, {
            afterId: "0",
            beforeId: "9223372036854775807",
            newestFirst: true,
            limit: 51,
          });
    const { rows } = await database.pool.query(`explain (analyze, format json) ${scan?.text}`, scan?.values);
    const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
    return flatten(
      (
        JSON.parse(
          JSON.stringify(
            typeof rows[0]["QUERY PLAN"] === "string"
              ? JSON.parse(rows[0]["QUERY PLAN"])
              : rows[0]["QUERY PLAN"],
          ),
        ) as { Plan: PlanNode }[]
      )[0]?.Plan as PlanNode,
    );
  }

  test("drives by the concurrency key where it has few jobs, and by the state where that has fewer", async () => {
    const scanOf = async (filter: JobFilter) => (await planJobScan(database.pool, filter))?.scan.kind;
    expect(await scanOf({ concurrencyKey: "few", states: ["completed"] })).toBe("concurrency");
    expect(await scanOf({ concurrencyKey: "many", states: ["dead"] })).toBe("placements");
    expect(await scanOf({ concurrencyKey: "many", tag: "t5" })).toBe("concurrency");
    expect(await scanOf({ concurrencyKey: "many", states: ["held"] })).toBe("placements");
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query(
      `insert into signalbox.held (id, reason, reference, held_at_ms, run_at_ms, lane, attempt, class, failures, losses)
       select n, 'concurrency-key', '1 many', 1, 1, 1, 0, 2, 0, 0 from generate_series(1, 5001) n`,
    );
    const plan = await planJobScan(client, { concurrencyKey: "many", states: ["held"] });
    await client.query("rollback");
    client.release();
    expect(plan?.scan.kind).toBe("concurrency");
  });

  test.each<[string, JobFilter]>([
    ["no filter", {}],
    ["a queue", { queue: "mail" }],
    ["a long line", { states: ["available"] }],
    ["completed jobs", { states: ["completed"] }],
    ["ends and the due later", { states: ["dead", "cancelled", "scheduled"] }],
    ["a tag", { tag: "t5" }],
    ["a correlation id", { correlationId: "order-7" }],
    ["a concurrency key of few jobs", { concurrencyKey: "few" }],
    ["a concurrency key of many", { concurrencyKey: "many" }],
    ["what failed of one of many", { concurrencyKey: "many", states: ["dead"] }],
    ["all but one concurrency key", { where: [{ field: "concurrency", not: true, anyOf: ["few"] }] }],
  ])(
    "the first page of %s reads no more rows than a few pages and sorts no backlog",
    async (_name, filter) => {
      const plan = await nodes(filter);
      for (const node of plan)
        expect(node["Actual Rows"] * node["Actual Loops"], node["Node Type"]).toBeLessThan(1_000);
      expect(plan.some((node) => node["Node Type"] === "Seq Scan" && node["Actual Rows"] > 1_000)).toBe(
        false,
      );
    },
  );
});
