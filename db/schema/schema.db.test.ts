import { is } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { legalTransitions } from "#core/job/job-state.ts";
import { testDatabase } from "../testing/test-database.ts";
import * as access from "./access.ts";
import * as admission from "./admission.ts";
import * as alerts from "./alerts.ts";
import * as attention from "./attention.ts";
import * as audit from "./audit.ts";
import * as bulk from "./bulk.ts";
import * as catalog from "./catalog.ts";
import * as dependencies from "./dependencies.ts";
import * as ejection from "./ejection.ts";
import * as explorer from "./explorer.ts";
import * as failures from "./failures.ts";
import * as fallback from "./fallback.ts";
import * as flow from "./flow.ts";
import * as history from "./history.ts";
import * as jobs from "./jobs.ts";
import * as keys from "./keys.ts";
import * as logs from "./logs.ts";
import * as metrics from "./metrics.ts";
import * as migrations from "./migrations.ts";
import * as people from "./people.ts";
import * as placements from "./placements.ts";
import * as preemption from "./preemption.ts";
import * as retention from "./retention.ts";
import * as running from "./running.ts";

const { pool } = await testDatabase();
const described = [
  preemption,
  ejection,
  dependencies,
  access,
  admission,
  alerts,
  attention,
  audit,
  bulk,
  catalog,
  failures,
  fallback,
  flow,
  explorer,
  history,
  jobs,
  keys,
  logs,
  metrics,
  migrations,
  people,
  placements,
  retention,
  running,
]
  .flatMap((family) => Object.values(family))
  .filter((value): value is PgTable => is(value, PgTable));

describe("the Drizzle schema", () => {
  it("describes every table as the migrations make it: columns in order, types, nullability and keys", async () => {
    const { rows } = await pool.query(`
      select c.relname as table, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'notNull', a.attnotnull, 'hasDefault', a.atthasdef or a.attidentity <> '') order by a.attnum) as columns,
        coalesce((select json_agg(k.attname order by k.attname) from pg_index i join pg_attribute k
          on k.attrelid = c.oid and k.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary), '[]') as key
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'signalbox'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      group by c.oid, c.relname order by c.relname`);
    const actual = rows.map((row) => ({
      ...row,
      columns: JSON.parse(row.columns),
      key: JSON.parse(row.key),
    }));
    const expected = described.map((table) => {
      const { name, columns, primaryKeys, schema } = getTableConfig(table);
      expect(schema).toBe("signalbox");
      const keyed = [
        ...columns.filter((column) => column.primary),
        ...primaryKeys.flatMap((key) => key.columns),
      ];
      return {
        table: name,
        columns: columns.map((column) => ({
          name: column.name,
          type: column.getSQLType(),
          notNull: column.notNull,
          hasDefault: column.hasDefault || column.generatedIdentity !== undefined,
        })),
        key: keyed.map((column) => column.name).sort(),
      };
    });
    expect(expected.sort((a, b) => (a.table < b.table ? -1 : 1))).toEqual(actual);
  });

  it("reads rows of the migrated database with the types it says", async () => {
    const db = drizzle({ client: pool });
    const [row] = await db.select().from(catalog.catalog);
    expect(row).toEqual({ singleton: true, version: 1n });
    const [migration] = await db.select().from(migrations.migrations);
    expect(migration).toMatchObject({ version: 1, name: "engine", appliedAt: expect.any(Date) });
  });
});

describe("the migrated database", () => {
  it("allows the very transitions that core allows, and remarks that leave the state", async () => {
    const { rows } = await pool.query("select from_state, to_state from signalbox.transitions");
    const kept = rows.map((row) => `${row.from_state} ${row.to_state}`);
    const states = [...new Set(legalTransitions.map(({ to }) => to))];
    const moves = legalTransitions.flatMap(({ from, to }) =>
      from === null || from === to ? [] : [`${from} ${to}`],
    );
    expect(kept.sort()).toEqual([...moves, ...states.map((state) => `${state} ${state}`)].sort());
  });

  it("refuses an event that no transition allows", async () => {
    const event =
      "insert into signalbox.job_events (job_id, kind, from_state, to_state, actor) values (1, 'x', $1, $2, 't')";
    await expect(pool.query(event, ["completed", "available"])).rejects.toMatchObject({ code: "23503" });
    await pool.query(event, ["dead", "available"]);
  });

  it("has every hot table vacuumed early and never truncated under its readers", async () => {
    const { rows } = await pool.query(
      "select relname, reloptions from pg_class where relnamespace = 'signalbox'::regnamespace and relname = any($1)",
      [["ready", "scheduled", "leases"]],
    );
    expect(rows).toHaveLength(3);
    for (const { reloptions } of rows) {
      expect(reloptions).toContain("vacuum_truncate=off");
      expect(reloptions).toContain("autovacuum_vacuum_cost_delay=0");
      expect(reloptions.join()).toMatch(/autovacuum_vacuum_threshold=\d+/);
    }
  });

  it("has partitions from yesterday to at least two days ahead, so that no job of today falls into the default one", async () => {
    const { rows } = await pool.query(
      `select day::date::text as day, parent from generate_series(-1, 2) n,
      lateral (select (clock_timestamp() at time zone 'UTC')::date + n as day) d, unnest($1::text[]) as parent
      where to_regclass(format('signalbox.%I', parent || to_char(day, '_YYYYMMDD'))) is null`,
      [["jobs", "completed", "attempts", "job_events", "attempt_logs"]],
    );
    expect(rows).toEqual([]);
  });

  it("makes the partitions that are missing, once, and goes on when the default one holds rows of a day", async () => {
    const far = "2041-03-01";
    const make = () => pool.query("select signalbox.ensure_partitions($1::date, 2) as made", [far]);
    const strayed = `insert into signalbox.jobs (id, lane, class, definition_version, payload)
      values (signalbox.first_id_at((extract(epoch from timestamp '2041-03-01 12:00') * 1000)::bigint), 1, 2, 1, '{}')`;
    await pool.query(strayed);
    expect((await make()).rows[0].made).toBe(9);
    expect((await make()).rows[0].made).toBe(0);
  });
});
