import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JobFilter } from "#core/query/job-filter.ts";
import { parseQuery } from "#core/query/parse-query.ts";
import { toJobFilter } from "#core/query/to-job-filter.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { silentLog } from "#server/system/log.ts";
import { countJobs } from "./count-jobs.ts";
import { listJobs } from "./list-jobs.ts";
import { sampleConcurrencyKeys } from "./sample-concurrency-keys.ts";

const database = await testDatabase();
let engine: Engine;
const ids: string[] = [];

/** 60 jobs of two definitions: number i has the payload {n: i, user: {plan}}, every third failed dead. */
beforeAll(async () => {
  engine = await openEngine({ connectionString: database.url, applicationName: "test", log: silentLog });
  for (const [name, queue] of [
    ["send-mail", "mail"],
    ["send-sms", "phones"],
  ] as const)
    await putDefinition(engine, { name, body: { queue, inputSchema: true }, actor: "test" });
  const results = await enqueueJobs(
    engine,
    Array.from({ length: 60 }, (_, i) => ({
      definition: i % 2 === 0 ? "send-mail" : "send-sms",
      payload: { n: i, user: { plan: i % 5 === 0 ? "pro" : "free" }, ...(i === 7 ? { odd: "a,b c" } : {}) },
      tags: i % 4 === 0 ? ["vip"] : ["plain"],
      ...(i % 6 === 1 ? {} : { concurrencyKey: i % 6 === 0 ? "tenant, one" : "tenant-2" }),
    })),
    { actor: "test" },
  );
  for (const result of results) if (result.ok) ids.push(result.id);
  const dead = ids.filter((_, i) => i % 3 === 0);
  await database.pool.query("delete from signalbox.ready where id = any($1::bigint[])", [dead]);
  await database.pool.query(
    `insert into signalbox.dead select id, 5, lane, class, 2, 2, 0, false, 'timeout', 'why', 'f1'
     from signalbox.jobs where id = any($1::bigint[])`,
    [dead],
  );
  await database.pool.query(
    `insert into signalbox.attempts select id, n, 'failed', 17, lane, 1, 2,
       json_build_object('name', 'TimeoutError', 'code', 'ETIMEDOUT', 'message', 'gave up on ' || id),
       'timeout', 'environment', null, null, case when n = 1 then 'f0' else 'f1' end, '{}'
     from signalbox.jobs, generate_series(1, 2) n where id = any($1::bigint[])`,
    [dead],
  );
});
afterAll(() => engine.close());

const numbers = (wanted: (i: number) => boolean) =>
  ids
    .map((_, i) => i)
    .filter(wanted)
    .reverse();

async function found(text: string | JobFilter): Promise<number[]> {
  const filter = typeof text === "string" ? filterOf(text) : text;
  const listed: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listJobs(database.pool, filter, { limit: 7, cursor });
    listed.push(...page.jobs.map(({ id }) => id));
    if (page.nextCursor === null) return listed.map((id) => ids.indexOf(id));
    cursor = page.nextCursor;
  }
}

function filterOf(text: string): JobFilter {
  const { query, problems } = parseQuery(text);
  expect(problems).toEqual([]);
  return toJobFilter(query, engine.clock.nowMs());
}

describe("a filter of the qualifier bar", () => {
  const dead = (i: number) => i % 3 === 0;
  test.each<[string, (i: number) => boolean]>([
    ["", () => true],
    ["queue:mail", (i) => i % 2 === 0],
    ["-queue:mail", (i) => i % 2 === 1],
    ["definition:send-*", () => true],
    ["definition:*-sms", (i) => i % 2 === 1],
    ["definition:*-sms,nothing", (i) => i % 2 === 1],
    ["state:dead", dead],
    ["-state:dead", (i) => !dead(i)],
    ["state:dead queue:mail", (i) => dead(i) && i % 2 === 0],
    ["state:dead payload.user.plan:pro", (i) => dead(i) && i % 5 === 0],
    ["payload.user.plan:pro", (i) => i % 5 === 0],
    ["-payload.user.plan:pro tag:vip", (i) => i % 5 !== 0 && i % 4 === 0],
    ["payload.n:>50", (i) => i > 50],
    ["payload.n:10..12", (i) => i >= 10 && i <= 12],
    ["payload.n:<=3 -payload.n:2", (i) => i <= 3 && i !== 2],
    ["payload.user.plan:>1", () => false],
    ["payload.odd:*", (i) => i === 7],
    ['payload.odd:"a,b c"', (i) => i === 7],
    ["-payload.odd:* payload.n:5..8", (i) => i >= 5 && i <= 8 && i !== 7],
    ["tag:vip", (i) => i % 4 === 0],
    ["tag:vip,plain -tag:vip", (i) => i % 4 !== 0],
    ['concurrency:"tenant, one"', (i) => i % 6 === 0],
    ['concurrency:"tenant, one",tenant-2 state:dead', (i) => dead(i) && i % 6 !== 1],
    ["concurrency:tenant-2 queue:mail", (i) => i % 2 === 0 && i % 6 !== 0],
    ["-concurrency:tenant-2 tag:vip", (i) => i % 4 === 0 && i % 6 <= 1],
    ["concurrency:nobody", () => false],
    ["error:ETIMEDOUT", dead],
    ["error:timeouterror queue:phones", (i) => dead(i) && i % 2 === 1],
    ['error:"gave up on"', dead],
    ["-error:ETIMEDOUT", (i) => !dead(i)],
    ["class:timeout,bug", dead],
    ["-class:timeout", (i) => !dead(i)],
    ["group:f0", dead],
    ["group:f0 -group:f1", () => false],
    ["attempt:>=2", dead],
    ["attempt:0", (i) => !dead(i)],
    ['"gave up"', dead],
    ["gave -etimedout", () => false],
    ["sms", (i) => i % 2 === 1],
    ["priority:normal", () => true],
    ["-priority:normal", () => false],
    ["since:1h", () => true],
    ["until:1h", () => false],
    ["worker:17", () => false],
    ["queue:no-such", () => false],
  ])("%s matches those jobs and no others", async (text, wanted) => {
    expect(await found(text)).toEqual(numbers(wanted));
    const count = await countJobs(database.pool, filterOf(text), { ms: 10_000, monotonicMs: () => 0 });
    if (count.exactness === "exact") expect(count.count).toBe(numbers(wanted).length);
  });

  test("finds an error by its failure group once the group is known, and by the failures before that", async () => {
    const before = await found("error:TimeoutError");
    await database.pool.query(
      `insert into signalbox.failure_groups (fingerprint, class, origin, name, code, message, sample_job_id, sample_attempt,
         sample_at_ms, attempts, deaths, first_seen_ms, last_seen_ms, first_lane, first_version, last_lane, last_version, lanes)
       values ('f1', 'timeout', 'environment', 'TimeoutError', 'ETIMEDOUT', 'gave up on <number>', 1, 1, 1, 20, 20, 1, 1, 1, 1, 1, 1, '{1}')`,
    );
    expect(await found("error:TimeoutError")).toEqual(before);
    expect(await found("state:dead error:TimeoutError")).toEqual(before);
    expect(await found("error:TimeoutError -queue:mail")).toEqual(before.filter((i) => i % 2 === 1));
  });
});

test("the keys that the bar completes are those of the newest jobs, the most common first", async () => {
  expect(await sampleConcurrencyKeys(database.pool)).toEqual(["tenant-2", "tenant, one"]);
});

describe("pages", () => {
  const page = (options: { cursor: string | null; towards: "older" | "newer" }, filter: JobFilter = {}) =>
    listJobs(database.pool, filter, { limit: 10, ...options });

  test.each<[string, string]>([
    ["all jobs", ""],
    ["a queue", "queue:mail"],
    ["a state", "state:dead"],
    ["a tag", "tag:vip"],
    ["a value of the payload", "payload.user.plan:free"],
    ["a failure group", "group:f1"],
  ])("of %s go back and forth over the same jobs", async (_name, text) => {
    const filter = filterOf(text);
    const first = await page({ cursor: null, towards: "older" }, filter);
    const second = await page({ cursor: first.nextCursor, towards: "older" }, filter);
    expect(second.jobs.length).toBeGreaterThan(0);
    const back = await page({ cursor: second.previousCursor, towards: "newer" }, filter);
    expect(back.jobs.map(({ id }) => id)).toEqual(first.jobs.map(({ id }) => id));
    expect(back.previousCursor).toBeNull();
    const again = await page({ cursor: back.nextCursor, towards: "older" }, filter);
    expect(again.jobs.map(({ id }) => id)).toEqual(second.jobs.map(({ id }) => id));
  });

  test("meet without a gap although the jobs at their edges are gone", async () => {
    const client = await database.pool.connect();
    try {
      await client.query("begin");
      const first = await listJobs(client, {}, { limit: 10 });
      const second = await listJobs(client, {}, { limit: 10, cursor: first.nextCursor });
      const edges = [first.jobs.at(-1)?.id, second.jobs[0]?.id];
      await client.query("delete from signalbox.jobs where id = any($1::bigint[])", [edges]);
      const next = await listJobs(client, {}, { limit: 10, cursor: first.nextCursor });
      const previous = await listJobs(
        client,
        {},
        { limit: 10, cursor: second.previousCursor, towards: "newer" },
      );
      expect(next.jobs.slice(0, 9).map(({ id }) => id)).toEqual(second.jobs.slice(1).map(({ id }) => id));
      expect(previous.jobs.map(({ id }) => id)).toEqual(first.jobs.slice(0, 9).map(({ id }) => id));
    } finally {
      await client.query("rollback");
      client.release();
    }
  });

  test("end early when their time is over, say how far they looked, and go on from there", async () => {
    let now = 0;
    const budget = { ms: 5, monotonicMs: () => now++ * 10 };
    const filler = await enqueueJobs(
      engine,
      Array.from({ length: 900 }, () => ({ definition: "send-sms", payload: { filler: true } })),
      { actor: "test" },
    );
    expect(filler).toHaveLength(900);
    const filter = filterOf("payload.odd:*");
    const partial = await listJobs(database.pool, filter, { limit: 10, budget });
    expect(partial).toMatchObject({ jobs: [], examined: 250, lookedToMs: expect.any(Number) });
    let cursor = partial.nextCursor;
    const listed: string[] = [];
    while (cursor !== null) {
      const next = await listJobs(database.pool, filter, { limit: 10, budget, cursor });
      listed.push(...next.jobs.map(({ id }) => id));
      cursor = next.nextCursor;
    }
    expect(listed).toEqual([ids[7]]);
    const count = await countJobs(database.pool, filter, { ms: 5, monotonicMs: () => now++ * 10 });
    expect(count).toEqual({ count: 0, exactness: "at-least", atMs: null });
  });
});

const inTime = { ms: 10_000, monotonicMs: () => 0 };

describe("free words", () => {
  test("are found in what is shown of a payload and tell nothing of what is hidden", async () => {
    const results = await enqueueJobs(
      engine,
      [{ definition: "send-sms", payload: { note: "zebra crossing", password: "giraffe" } }],
      { actor: "test" },
    );
    const [id] = results.flatMap((result) => (result.ok ? [result.id] : []));
    const { shown } = engine.catalog.current.redactor;
    const listed = async (text: string) =>
      (await listJobs(database.pool, filterOf(text), { limit: 10, brief: true, shown })).jobs;
    expect(await listed("zebra")).toMatchObject([{ id, payload: null }]);
    expect(await listed("giraffe")).toEqual([]);
    expect(await listed("zebra -giraffe")).toMatchObject([{ id }]);
    expect(await listed("zebra -crossing")).toEqual([]);
    for (const [text, count] of [
      ["zebra", 1],
      ["giraffe", 0],
      ["zebra -giraffe", 1],
    ] as const)
      expect(await countJobs(database.pool, filterOf(text), { ...inTime, shown })).toMatchObject({ count });
  });
});

describe("what an operator changed", () => {
  test("is what lists by queue, class and payload go by", async () => {
    const moved = ids[10] as string;
    await database.pool.query(
      `insert into signalbox.amendments (job_id, revision, lane, class, payload, actor)
       select $1, 1, l.id, 4, '{"user":{"plan":"enterprise"}}', 'test'
       from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id where q.name = 'phones'`,
      [moved],
    );
    expect(await found("queue:phones priority:bulk")).toEqual([10]);
    expect(await found("queue:phones")).toContain(10);
    expect(await found("queue:mail")).not.toContain(10);
    const inPhones = (await found("queue:phones tag:vip,plain")).length;
    expect(await countJobs(database.pool, filterOf("queue:phones tag:vip,plain"), inTime)).toMatchObject({
      count: inPhones,
      exactness: "exact",
    });
    expect(await found("queue:mail payload.n:10")).toEqual([]);
    expect(await found("payload.user.plan:enterprise")).toEqual([10]);
    expect(await found("payload.n:10")).toEqual([]);
    expect(await found("enterprise")).toEqual([10]);
  });
});
