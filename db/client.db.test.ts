import { describe, expect, it, vi } from "vitest";
import { openClient, openPool } from "./client.ts";
import { testDatabase } from "./testing/test-database.ts";

const { url, pool } = await testDatabase();

async function withPool<Result>(options: object, run: (own: ReturnType<typeof openPool>) => Promise<Result>) {
  const own = openPool({ connectionString: url, ...options });
  try {
    return await run(own);
  } finally {
    await own.end();
  }
}

describe("a pool", () => {
  it("leaves json as text, parses jsonb, keeps bigints whole and gives float8 as numbers", async () => {
    const { rows } = await pool.query(
      `select '{"a": 1}'::json as j, '{"a": 1}'::jsonb as jb, 9007199254740993::bigint as b, 1.5::float8 as f, array[1]::bigint[] as ids`,
    );
    expect(rows[0]).toEqual({ j: '{"a": 1}', jb: { a: 1 }, b: "9007199254740993", f: 1.5, ids: ["1"] });
  });

  it("ends a statement at its limit and goes on", () =>
    withPool({ max: 1, statementTimeoutMs: 50 }, async (own) => {
      await expect(own.query("select pg_sleep(5)")).rejects.toMatchObject({ code: "57014" });
      expect((await own.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    }));

  it("has the settings of its purpose on every connection", () =>
    withPool({ synchronousCommit: false, genericPlans: true, applicationName: "purpose" }, async (own) => {
      const setting = async (name: string) =>
        (await own.query("select current_setting($1) as s", [name])).rows[0].s;
      expect(await setting("synchronous_commit")).toBe("off");
      expect(await setting("plan_cache_mode")).toBe("force_generic_plan");
      expect(await setting("application_name")).toBe("purpose");
      expect(await setting("statement_timeout")).toBe("30s");
    }));

  it("replaces connections that were ended, idle or lent out, and tells of them", async () => {
    const onError = vi.fn();
    await withPool({ max: 2, applicationName: "ended", onError }, async (own) => {
      const end = () =>
        pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ended'");
      await own.query("select 1");
      await end();
      await vi.waitFor(() => expect(onError).toHaveBeenCalled());
      const lent = await own.connect();
      onError.mockClear();
      await end();
      await vi.waitFor(() => expect(onError).toHaveBeenCalled());
      lent.release();
      for (let round = 0; round < 5; round++)
        expect((await own.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
      expect(own.totalCount).toBeLessThanOrEqual(2);
    });
  });
});

describe("a connection of its own", () => {
  it("that is ended between two statements fails the next one and nothing else", async () => {
    const client = openClient(url, "lonely");
    await client.connect();
    const ended = new Promise((resolve) => client.once("end", resolve));
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lonely'",
    );
    await ended;
    await expect(client.query("select 1")).rejects.toThrow();
    await client.end();
  });
});
