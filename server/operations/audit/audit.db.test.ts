import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openPool } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { verifyChain } from "./verify-chain.ts";

const { pool, url } = await testDatabase();
const entry = (objectId: string, more: object = {}) => ({
  actor: "ann",
  action: "queue.patch",
  objectKind: "queue",
  objectId,
  ...more,
});
const write = (objectId: string, more?: object) =>
  inTransaction(pool, (transaction) => insertAuditEntry(transaction, entry(objectId, more)));
const whole = () => verifyChain(pool);

describe("the audit trail", () => {
  it("is one chain without gaps, whatever is written and whatever is rolled back", async () => {
    await write("ünïcode ✓", {
      reason: "‮\u0001 \ud83d\ude80",
      before: { b: [1.5e300, null], a: "é" },
      after: "x",
    });
    await inTransaction(pool, async (transaction) => {
      await insertAuditEntry(transaction, entry("undone"));
      throw new Error("no");
    }).catch(() => undefined);
    await write("plain");
    const { fault, place } = await whole();
    expect(fault).toBeNull();
    expect(place.seq).toBe(2);
    const { rows } = await pool.query("select seq::int, object_id from signalbox.audit_entries order by seq");
    expect(rows).toEqual([
      { seq: 1, object_id: "ünïcode ✓" },
      { seq: 2, object_id: "plain" },
    ]);
  });

  it("does not fork under 200 writers at once, of which a quarter give up", async () => {
    const before = (await readAuditHead(pool)).seq;
    const many = openPool({ connectionString: url, max: 40 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, writer) =>
        inTransaction(many, async (transaction) => {
          await insertAuditEntry(transaction, entry(`w${writer}`));
          if (writer % 4 === 0) throw new Error("gave up");
          await insertAuditEntry(transaction, entry(`w${writer}`, { reason: "again" }));
        }),
      ),
    );
    await many.end();
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(150);
    const { fault, place } = await whole();
    expect(fault).toBeNull();
    expect(place.seq).toBe(before + 300);
  });

  it("holds nobody up before the end: two transactions write entries and meet on other rows without a deadlock", async () => {
    await pool.query("create table if not exists signalbox.meeting (id int primary key)");
    await pool.query("insert into signalbox.meeting values (1), (2)");
    const [one, two] = [await pool.connect(), await pool.connect()];
    try {
      await one.query("begin");
      await insertAuditEntry(one, entry("one"));
      await two.query("begin");
      await insertAuditEntry(two, entry("two"));
      await two.query("select from signalbox.meeting where id = 1 for update");
      await two.query("commit");
      await one.query("select from signalbox.meeting where id = 1 for update");
      await one.query("commit");
    } finally {
      one.release();
      two.release();
    }
    const { rows } = await pool.query(
      "select object_id from signalbox.audit_entries order by seq desc limit 2",
    );
    expect(rows.map((row) => row.object_id)).toEqual(["one", "two"]);
  });

  it("chains what is written into it directly too, and takes neither number nor time from the writer", async () => {
    await pool.query(
      `insert into signalbox.audit_entries (actor, action, object_kind, object_id, at, seq, prev, hash)
       values ('eve', 'x.y', 'z', '1', 'epoch', 1, '\\x00', '\\x00')`,
    );
    expect((await whole()).fault).toBeNull();
    const { rows } = await pool.query(
      "select at > 'epoch'::timestamptz + interval '1 day' as now from signalbox.audit_entries order by seq desc limit 1",
    );
    expect(rows).toEqual([{ now: true }]);
  });

  it.each([
    "update signalbox.audit_entries set reason = 'other' where seq = 1",
    "delete from signalbox.audit_entries where seq = 1",
    "truncate signalbox.audit_entries",
    "update signalbox.audit_head set seq = 0",
    "delete from signalbox.audit_head",
    "truncate signalbox.audit_head",
    "insert into signalbox.audit_head default values",
    "update signalbox.audit_pending set actor = 'other'",
    "truncate signalbox.audit_pending",
  ])("refuses %s", async (statement) => {
    const head = await readAuditHead(pool);
    await expect(pool.query(statement)).rejects.toMatchObject({ code: "42501" });
    expect(await readAuditHead(pool)).toEqual(head);
  });

  it("does not let an entry be taken back within its transaction", async () => {
    await expect(
      inTransaction(pool, async (transaction) => {
        await insertAuditEntry(transaction, entry("regretted"));
        await transaction.query({ text: "delete from signalbox.audit_pending" });
      }),
    ).rejects.toMatchObject({ code: "42501" });
  });

  it.each([
    ["changed", "update signalbox.audit_entries set reason = 'other' where seq = 5", 5],
    ["changed", "update signalbox.audit_entries set at = at - interval '1 microsecond' where seq = 6", 6],
    ["changed", `update signalbox.audit_entries set after = '{"paused": false}' where seq = 7`, 7],
    ["changed", "update signalbox.audit_entries set actor = 'bob' where seq = 8", 8],
    ["changed", "update signalbox.audit_entries set hash = sha256('x') where seq = 9", 9],
    ["unlinked", "update signalbox.audit_entries set prev = sha256('x') where seq = 9", 9],
    ["missing", "delete from signalbox.audit_entries where seq = 10", 10],
    ["missing", "delete from signalbox.audit_entries where seq between 11 and 20", 11],
    ["cut", "delete from signalbox.audit_entries where seq > 100", 101],
    ["cut", "delete from signalbox.audit_entries", 1],
    ["missing", "update signalbox.audit_entries set seq = seq + 1000 where seq = 30", 30],
    [
      "unlinked",
      `update signalbox.audit_entries a set actor = b.actor, object_id = b.object_id, at = b.at, prev = b.prev, hash = b.hash,
         reason = b.reason, before = b.before, after = b.after
       from signalbox.audit_entries b where (a.seq, b.seq) in ((50, 51), (51, 50))`,
      50,
    ],
    ["unlinked", "update signalbox.audit_head set hash = sha256('x')", null],
  ])("says %s when the owner, with triggers off, does: %s", async (kind, statement, seq) => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("alter table signalbox.audit_entries disable trigger user");
      await client.query("alter table signalbox.audit_head disable trigger user");
      await client.query(statement);
      const { fault } = await verifyChain(client);
      expect(fault?.kind).toBe(kind);
      if (seq !== null) expect(fault?.seq).toBe(seq);
    } finally {
      await client.query("rollback");
      client.release();
    }
    expect((await whole()).fault).toBeNull();
  });
});

describe("the trail under an owner of its own, as docs/guide/audit.md sets it up", () => {
  it("can be added to and read by the application, which can do nothing else to it, and stays whole", async () => {
    const guide = await readFile(path.join(import.meta.dirname, "../../../docs/guide/audit.md"), "utf8");
    const statements = /```sql\n(.*?)```/s.exec(guide)?.[1] as string;
    const client = await pool.connect();
    const refused = async (statement: string) => {
      await client.query("savepoint before");
      await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
      await client.query("rollback to savepoint before");
    };
    try {
      // Roles belong to the whole server, but making one is undone with its transaction.
      await client.query("begin");
      await client.query("create role signalbox_app_of_test nologin");
      await client.query("grant usage on schema signalbox to signalbox_app_of_test");
      await client.query(statements.replaceAll(/ to signalbox;/g, " to signalbox_app_of_test;"));
      await client.query("set role signalbox_app_of_test");
      await insertAuditEntry(client, entry("by the application"));
      await client.query("set constraints all immediate");
      expect((await verifyChain(client)).fault).toBeNull();
      const { rows } = await client.query(
        "select object_id from signalbox.audit_entries order by seq desc limit 1",
      );
      expect(rows).toEqual([{ object_id: "by the application" }]);
      await refused("update signalbox.audit_entries set actor = 'bob'");
      await refused("delete from signalbox.audit_entries");
      await refused("truncate signalbox.audit_entries");
      await refused("alter table signalbox.audit_entries disable trigger all");
      await refused("drop trigger chain_audit_entry on signalbox.audit_entries");
      await refused("update signalbox.audit_head set seq = 0");
      await refused("delete from signalbox.audit_pending");
      await refused(
        "insert into signalbox.audit_entries (actor, action, object_kind, object_id) values ('a', 'b', 'c', 'd')",
      );
      await refused(
        "create or replace function signalbox.chain_audit_entry() returns trigger language plpgsql as 'begin return new; end'",
      );
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});
