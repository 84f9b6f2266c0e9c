import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inTransaction } from "#db/transaction.ts";
import { findAuditCheck } from "#server/store/audit/find-audit-check.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { appendLine } from "#server/system/append-line.ts";
import { openSigningKey, publicKeyFile } from "#server/system/signing-key.ts";
import { testEngine } from "../testing/test-engine.ts";
import { signAnchor } from "./anchor.ts";
import { readAnchors } from "./read-anchors.ts";
import { verifyChain } from "./verify-chain.ts";
import { type AnchorKeeper, watchAudit } from "./watch-audit.ts";

const { engine } = await testEngine();
const directory = await mkdtemp(path.join(tmpdir(), "signalbox-anchors-"));
afterAll(() => rm(directory, { recursive: true }));
const file = path.join(directory, "deep", "anchors.jsonl");
const keyFile = path.join(directory, "deep", "anchor.key");
const keeper: AnchorKeeper = {
  async keep(head, atMs) {
    const anchor = signAnchor(head, atMs, openSigningKey(keyFile));
    await appendLine(file, JSON.stringify(anchor));
    return anchor;
  },
};

const write = (objectId: string) =>
  inTransaction(engine.pool, (transaction) =>
    insertAuditEntry(transaction, { actor: "ann", action: "queue.patch", objectKind: "queue", objectId }),
  );
async function watch(by: AnchorKeeper | null = keeper) {
  const epoch = (await takeDuty(engine.counters, "audit", "1", 60_000)) as string;
  return watchAudit(engine, { name: "audit", owner: "1", epoch }, by);
}
async function anchors() {
  const trusted = new Set((await readFile(publicKeyFile(keyFile), "utf8")).split("\n").filter(Boolean));
  return readAnchors(await readFile(file, "utf8"), (await readAuditHead(engine.pool)).chain, trusted);
}

describe("the watch over the audit trail", () => {
  it("checks what is new and anchors the head when it has moved, with a key that is its owner's alone", async () => {
    for (const name of ["a", "b", "c"]) await write(name);
    await watch();
    await watch();
    expect((await anchors()).anchors.map(({ seq }) => seq)).toEqual([3]);
    await write("d");
    await watch();
    expect((await anchors()).anchors.map(({ seq }) => seq)).toEqual([3, 4]);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect(await findAuditCheck(engine.pool)).toMatchObject({
      tail: { seq: 4 },
      fault: null,
      anchoredSeq: 4,
      lapEndedAtMs: expect.any(Number),
    });
  });

  it("writes anchors that find a tail cut together with its head, and a chain sealed anew", async () => {
    const { anchors: known } = await anchors();
    const client = await engine.pool.connect();
    const tampered = async (...statements: string[]) => {
      await client.query("begin");
      await client.query("alter table signalbox.audit_entries disable trigger user");
      await client.query("alter table signalbox.audit_head disable trigger user");
      for (const statement of statements) await client.query(statement);
      const found = [await verifyChain(client), await verifyChain(client, { anchors: known })];
      await client.query("rollback");
      return found.map(({ fault }) => fault?.kind ?? null);
    };
    try {
      expect(
        await tampered(
          "delete from signalbox.audit_entries where seq = 4",
          "update signalbox.audit_head set seq = 3, hash = (select hash from signalbox.audit_entries where seq = 3)",
        ),
      ).toEqual([null, "cut"]);
      expect(
        await tampered(
          "update signalbox.audit_entries set actor = 'bob' where seq = 4",
          "update signalbox.audit_entries e set hash = signalbox.audit_hash(e) where seq = 4",
          "update signalbox.audit_head set hash = (select hash from signalbox.audit_entries where seq = 4)",
        ),
      ).toEqual([null, "rewritten"]);
    } finally {
      client.release();
    }
  });

  it("tells forged anchors, those of strangers and other chains, and half a line", async () => {
    const [good] = (await anchors()).anchors;
    if (!good) throw new Error("nothing is anchored");
    const stranger = signAnchor(good, 0, openSigningKey(path.join(directory, "stranger.key")));
    const text = [
      JSON.stringify({ ...good, hash: good.hash.replace(/^./, (c) => (c === "0" ? "1" : "0")) }),
      JSON.stringify(stranger),
      JSON.stringify({ level: 30, msg: "the head of the audit trail", anchor: good }),
      JSON.stringify({ ...good, chain: "6a1fb9f0-6f0c-4f3b-8d0f-0a8a4a3b1c11" }),
      JSON.stringify(good).slice(0, 40),
      "",
    ].join("\n");
    expect(readAnchors(text, good.chain, new Set([good.key]))).toEqual({
      anchors: [good],
      forged: [
        { line: 1, why: "signature" },
        { line: 2, why: "key" },
      ],
      others: 1,
      unreadable: 1,
    });
  });

  it("does not anchor a chain that is not whole, says where, and again when it has been asked to look once more", async () => {
    await engine.pool.query("alter table signalbox.audit_entries disable trigger user");
    await engine.pool.query("update signalbox.audit_entries set actor = 'bob' where seq = 2");
    await engine.pool.query("alter table signalbox.audit_entries enable trigger user");
    await write("e");
    for (let round = 0; round < 2; round++) {
      await watch();
      expect((await findAuditCheck(engine.pool)).fault).toMatchObject({ kind: "changed", seq: 2 });
    }
    expect((await anchors()).anchors.map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it("goes on when the file cannot be written", async () => {
    await engine.pool.query("alter table signalbox.audit_entries disable trigger user");
    await engine.pool.query("update signalbox.audit_entries set actor = 'ann' where seq = 2");
    await engine.pool.query("alter table signalbox.audit_entries enable trigger user");
    const full: AnchorKeeper = { keep: () => Promise.reject(new Error("no space left on device")) };
    await watch(full);
    expect(await findAuditCheck(engine.pool)).toMatchObject({
      tail: { seq: 5 },
      fault: null,
      anchoredSeq: 4,
    });
    await watch();
    expect((await findAuditCheck(engine.pool)).anchoredSeq).toBe(5);
  });
});
