import { describe, expect, it } from "vitest";
import type { Queryable } from "./client.ts";
import { testDatabase } from "./testing/test-database.ts";
import { inTransaction, isConnectionError, retryDeadlock, sqlState } from "./transaction.ts";

const { pool } = await testDatabase();
await pool.query("create table notes (id integer primary key, text text not null)");
await pool.query("insert into notes values (1, 'one'), (2, 'two')");

const write = (db: Queryable, id: number, text: string) =>
  db.query({ text: "update notes set text = $2 where id = $1", values: [id, text] });
const read = async (id: number) =>
  (await pool.query("select text from notes where id = $1", [id])).rows[0]?.text;
const backend = async (db: Queryable) =>
  ((await db.query({ text: "select pg_backend_pid() as pid" })).rows[0] as { pid: number }).pid;

describe("a transaction", () => {
  it("is there as a whole when its work returns, and not at all when it throws", async () => {
    await inTransaction(pool, async (transaction) => {
      await write(transaction, 1, "kept");
      await write(transaction, 2, "kept");
    });
    const refused = inTransaction(pool, async (transaction) => {
      await write(transaction, 1, "dropped");
      throw new Error("changed my mind");
    });
    await expect(refused).rejects.toThrow("changed my mind");
    expect([await read(1), await read(2)]).toEqual(["kept", "kept"]);
  });

  it("that Postgres ends for a deadlock is run again, and both of the two that met come through", async () => {
    const met = Promise.withResolvers<void>();
    let runs = 0;
    let holding = 0;
    const cross = (first: number, second: number, text: string) =>
      inTransaction(pool, async (transaction) => {
        runs++;
        await transaction.query({ text: "set local deadlock_timeout = '20ms'" });
        await write(transaction, first, text);
        if (++holding === 2) met.resolve();
        await met.promise;
        await write(transaction, second, text);
      });
    await Promise.all([cross(1, 2, "left"), cross(2, 1, "right")]);
    expect(runs).toBe(3);
    expect(await read(1)).toBe(await read(2));
  });

  it("that fails for any other reason is not run again", async () => {
    let runs = 0;
    const broken = inTransaction(pool, async (transaction) => {
      runs++;
      await transaction.query({ text: "insert into notes values (1, 'again')" });
    });
    await expect(broken).rejects.toMatchObject({ code: "23505" });
    expect(runs).toBe(1);
  });

  it("is given up after three deadlocks in a row", async () => {
    let runs = 0;
    const doomed = inTransaction(pool, () => {
      runs++;
      return Promise.reject(Object.assign(new Error("deadlock detected"), { code: "40P01" }));
    });
    await expect(doomed).rejects.toMatchObject({ code: "40P01" });
    expect(runs).toBe(3);
  });

  it("whose connection is cut between two statements rejects, harms nothing else and leaks no connection", async () => {
    const cut = inTransaction(pool, async (transaction) => {
      const pid = await backend(transaction);
      const client = transaction as unknown as NodeJS.EventEmitter;
      const gone = new Promise((resolve) => client.once("end", resolve));
      await pool.query("select pg_terminate_backend($1)", [pid]);
      await gone;
      await write(transaction, 1, "never");
    });
    await expect(cut).rejects.toThrow(/terminat|not queryable|connection/i);
    for (let round = 0; round < pool.options.max * 2; round++)
      await inTransaction(pool, (transaction) => write(transaction, 2, `round ${round}`));
    expect(pool.totalCount).toBeLessThanOrEqual(pool.options.max);
    expect(pool.idleCount).toBe(pool.totalCount);
  });
});

describe("a single statement", () => {
  it("is run again for a serialization failure, and not for what would fail again", async () => {
    let runs = 0;
    const fails = (code: string, times: number) => () => {
      runs++;
      return runs <= times
        ? Promise.reject(Object.assign(new Error("no"), { code }))
        : Promise.resolve("done");
    };
    expect(await retryDeadlock(fails("40001", 2))).toBe("done");
    expect(runs).toBe(3);
    runs = 0;
    await expect(retryDeadlock(fails("22P02", 2))).rejects.toMatchObject({ code: "22P02" });
    expect(runs).toBe(1);
  });
});

describe("an error", () => {
  it("of the connection is told apart from one of the statement", () => {
    const lost = [
      { code: "57P01" },
      { code: "08006" },
      { code: "53300" },
      { code: "ECONNRESET" },
      { code: "ECONNREFUSED" },
      new Error("Connection terminated unexpectedly"),
      new Error("timeout exceeded when trying to connect"),
      new Error("Query read timeout"),
    ];
    expect(lost.map(isConnectionError)).toEqual(lost.map(() => true));
    const others = [{ code: "23505" }, { code: "57014" }, new Error("no"), null, undefined, 7];
    expect(others.map(isConnectionError)).toEqual(others.map(() => false));
  });

  it("that is none of Postgres has no SQLSTATE", () => {
    expect(sqlState({ code: "23505" })).toBe("23505");
    for (const other of [{ code: "ECONNRESET" }, { code: 23505 }, new Error("x"), null, undefined, "x"])
      expect(sqlState(other)).toBeUndefined();
  });
});
