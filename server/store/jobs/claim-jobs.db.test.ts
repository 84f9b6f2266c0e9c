import { describe, expect, it } from "vitest";
import { mergeQuotas } from "#core/priority/merge-quotas.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { defaultPrioritySettings } from "#core/priority/priority-settings.ts";
import { seededRandom } from "#core/random.ts";
import { inTransaction } from "#db/transaction.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { type ClaimRequest, claimJobs, claimStatements, claimValues } from "./claim-jobs.ts";

const test = await testEngine();
const { engine } = test;
const { pool } = engine;
for (const name of ["a", "b", "c"]) await test.define(name);
const lanes = [...engine.catalog.current.lanes.keys()];
const settings = defaultPrioritySettings;

let lastLease = 0;
const request = (more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  workerId: "1",
  max: 10,
  maxOther: 10,
  lanes,
  laneLeaseMs: lanes.map(() => 15_000),
  laneDeadlineMs: lanes.map(() => null),
  classes: priorityClasses.map((name, rank) => ({ rank, ...settings.classes[name], floor: 0, peek: 2_000 })),
  leasePerJob: false,
  leaseIds: Array.from({ length: 1_000 }, () => String(++lastLease)),
  queueId: null,
  definitionId: null,
  ...more,
});

interface Seed {
  id: number;
  lane: number;
  rank: number;
  ageMs: number;
}

async function seed(rows: Seed[]): Promise<void> {
  await pool.query("truncate signalbox.ready, signalbox.jobs, signalbox.leases");
  const values = [
    rows.map((row) => row.id),
    rows.map((row) => row.lane),
    rows.map((row) => row.rank),
    rows.map((row) => row.ageMs),
  ];
  const source = "unnest($1::bigint[], $2::int[], $3::smallint[], $4::bigint[]) as t(id, lane, class, age)";
  await pool.query(
    `insert into signalbox.jobs (id, lane, class, definition_version, payload) select id, lane, class, 1, '{}' from ${source}`,
    [...values.slice(0, 3), rows.map(() => 0)],
  );
  await pool.query(
    `insert into signalbox.ready select signalbox.now_ms() - age, id, lane, 0, class, 0, 0, false from ${source}`,
    values,
  );
}

const manyRows = (count: number): Seed[] =>
  Array.from({ length: count }, (_, id) => ({
    id: id + 1,
    lane: lanes[id % 3] as number,
    rank: id % 5,
    ageMs: id,
  }));

describe("the claim", () => {
  it("takes what the merge of core takes, over random backlogs, floors and reservations", async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 25; round++) {
      const ages = [5, 3_000, 40_000, 900_000, 9_000_000];
      const rows = Array.from({ length: 60 }, (_, id) => ({
        id: id + 1,
        lane: lanes[Math.floor(random() * 3)] as number,
        rank: Math.floor(random() * 5),
        ageMs: Math.floor(random() * (ages[Math.floor(random() * 5)] as number)) + 1_000,
      }));
      await seed(rows);
      const floors = priorityClasses.map(() => Math.floor(random() * 3));
      const n = 1 + Math.floor(random() * 30);
      const maxOther = Math.floor(random() * (n + 1));
      const now = (await test.value("select signalbox.now_ms()::float8")) as number;
      const { rows: waiting } = await pool.query(
        "select lane, class as rank, run_at_ms::float8 as at, id::int from signalbox.ready",
      );
      const heads = waiting.map((row) => ({
        lane: row.lane,
        rank: row.rank,
        runAtMs: row.at,
        id: row.id as number,
      }));
      const expected = mergeQuotas({ heads, n, settings, floors, maxOther, nowMs: now });
      const classes = request().classes.map((each) => ({ ...each, floor: floors[each.rank] ?? 0 }));
      const claimed = await claimJobs(pool, request({ max: n, maxOther, classes }));
      // The statement's own now is a moment later: jobs whose order turns on that moment would be a false alarm.
      const soon = mergeQuotas({ heads, n, settings, floors, maxOther, nowMs: now + 200 });
      if (JSON.stringify(soon.quotas) !== JSON.stringify(expected.quotas)) continue;
      const counts = (ids: number[]) => ids.sort((a, b) => a - b);
      expect(counts(claimed.map((row) => Number(row.id)))).toEqual(counts([...expected.picked]));
    }
  });

  it("gives no job twice and none never, with 12 claimers at once", async () => {
    await seed(manyRows(3_000));
    const got: string[] = [];
    const claimer = async (workerId: string) => {
      for (;;) {
        const rows = await claimJobs(pool, request({ workerId, max: 37, maxOther: 37 }));
        if (rows.length === 0 && (await test.value("select count(*)::int from signalbox.ready")) === 0)
          return;
        got.push(...rows.map((row) => row.id));
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => claimer(String(index + 1))));
    expect(got).toHaveLength(3_000);
    expect(new Set(got).size).toBe(3_000);
    expect(await test.value("select sum(cardinality(ids))::int from signalbox.leases")).toBe(3_000);
  });

  it("writes one lease for the batch, or one a job with its own length and limit", async () => {
    await seed(manyRows(10));
    const batch = await claimJobs(pool, request({ max: 5, maxOther: 5 }));
    expect(new Set(batch.map((row) => row.leaseId)).size).toBe(1);
    const each = await claimJobs(
      pool,
      request({
        max: 5,
        maxOther: 5,
        leasePerJob: true,
        laneLeaseMs: lanes.map(() => 700),
        laneDeadlineMs: lanes.map(() => 900),
      }),
    );
    expect(new Set(each.map((row) => row.leaseId)).size).toBe(5);
    const lengths = await pool.query(
      "select distinct until_ms - claimed_at_ms as length, deadline_ms - claimed_at_ms as deadline from signalbox.leases where deadline_ms is not null",
    );
    expect(lengths.rows).toEqual([{ length: "700", deadline: "900" }]);
  });

  it("of very many takes no more than asked for, keeps the reservation and loses none", async () => {
    await seed(manyRows(3_000));
    const rows = await claimJobs(pool, request({ max: 1_000, maxOther: 300 }));
    expect(rows.length).toBeGreaterThan(900);
    expect(rows.length).toBeLessThanOrEqual(1_000);
    expect(rows.filter((row) => row.rank > 1).length).toBeLessThanOrEqual(300);
    expect(await test.value("select count(*)::int from signalbox.ready")).toBe(3_000 - rows.length);
  });

  it("leaves jobs of lanes it was not given where they are", async () => {
    await seed(manyRows(30));
    const rows = await claimJobs(pool, request({ lanes: [lanes[0] as number], max: 30, maxOther: 30 }));
    expect(rows).toHaveLength(10);
    expect(await test.value("select count(*)::int from signalbox.ready")).toBe(20);
  });
});

describe("the plan of the claim over 200,000 waiting jobs", () => {
  interface PlanNode {
    "Node Type": string;
    "Index Name"?: string;
    "Relation Name"?: string;
    "Actual Rows": number;
    "Actual Loops": number;
    Plans?: PlanNode[];
  }
  const walk = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(walk)];

  it("never sorts the backlog, locks exactly what it takes and deletes by row address", async () => {
    await pool.query("truncate signalbox.ready, signalbox.jobs, signalbox.leases");
    await pool.query(
      `insert into signalbox.jobs (id, lane, class, definition_version, payload)
      select g, ($1::int[])[1 + g % 3], g % 5, 1, '{}' from generate_series(1, 200000) g`,
      [lanes],
    );
    await pool.query(`insert into signalbox.ready select (select signalbox.now_ms()) - g, id, lane, 0, class, 0, 0, false
      from signalbox.jobs, lateral (select id % 100000 as g) x`);
    await pool.query("vacuum analyze signalbox.ready");
    await pool.query("analyze signalbox.jobs");
    const nodes = await inTransaction(pool, async (transaction) => {
      const { rows } = await transaction.query({
        text: `explain (analyze, format json) ${claimStatements.batchLease}`,
        values: claimValues(request({ max: 50, maxOther: 50 })),
      });
      const [plan] = JSON.parse((rows[0] as { "QUERY PLAN": string })["QUERY PLAN"]) as [{ Plan: PlanNode }];
      return walk(plan.Plan);
    });
    const onReady = nodes.filter(
      (node) => node["Relation Name"] === "ready" && node["Node Type"] !== "ModifyTable",
    );
    expect(onReady.map((node) => node["Node Type"]).sort()).toEqual(
      ["Index Only Scan", "Index Scan", "Tid Scan"].sort(),
    );
    expect(new Set(onReady.map((node) => node["Index Name"]).filter(Boolean))).toEqual(
      new Set(["ready_order"]),
    );
    const locked = nodes
      .filter((node) => node["Node Type"] === "LockRows")
      .map((node) => Math.round(node["Actual Rows"] * node["Actual Loops"]));
    expect(locked).toEqual([50]);
    const sorted = nodes
      .filter((node) => node["Node Type"].includes("Sort"))
      .map((node) => node["Actual Rows"] * node["Actual Loops"]);
    expect(Math.max(0, ...sorted)).toBeLessThanOrEqual(50 * 15);
    // The partitions of other days are empty; the one that holds the rows is read by its key.
    const readWhole = nodes.filter(
      (node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] && node["Actual Rows"] > 0,
    );
    expect(readWhole).toEqual([]);
  });
});
