import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChainRow } from "#server/store/audit/read-chain.ts";
import type { Anchor } from "./anchor.ts";
import { type ChainFault, ChainVerifier } from "./chain-verifier.ts";
import { hashEntry, noHash } from "./hash-entry.ts";

const fields = ["actor", "action", "objectKind", "objectId", "reason", "before", "after"] as const;
type Written = Pick<ChainRow, (typeof fields)[number]> & { laterUs: number };

const text = fc.string({ unit: "binary", maxLength: 12 });
const maybe = fc.option(text, { nil: null });
const written: fc.Arbitrary<Written> = fc.record({
  ...{
    actor: text,
    action: text,
    objectKind: text,
    objectId: text,
    reason: maybe,
    before: maybe,
    after: maybe,
  },
  laterUs: fc.nat(5_000_000),
});

/** The chain of what was written, from `prev` on. */
function chainOf(entries: readonly Written[]): ChainRow[] {
  const rows: ChainRow[] = [];
  let atUs = 1_700_000_000_000_000;
  for (const { laterUs, ...entry } of entries) {
    atUs += laterUs;
    rows.push({ ...entry, seq: rows.length + 1, atUs, prev: rows.at(-1)?.hash ?? noHash, hash: noHash });
    seal(rows.at(-1) as ChainRow);
  }
  return rows;
}

function seal(row: ChainRow): void {
  row.hash = hashEntry(row);
}

/** Numbers and hashes made right again from `index` on, as somebody would who knows how. */
function reseal(rows: ChainRow[], index: number): ChainRow[] {
  for (let i = index; i < rows.length; i++) {
    const row = rows[i] as ChainRow;
    row.seq = i + 1;
    row.prev = rows[i - 1]?.hash ?? noHash;
    seal(row);
  }
  return rows;
}

const copyOf = (rows: readonly ChainRow[]) => rows.map((row) => ({ ...row }));
const headOf = (rows: readonly ChainRow[]) => ({
  seq: rows.length,
  hash: (rows.at(-1)?.hash ?? noHash).toString("hex"),
});

function verify(rows: readonly ChainRow[], head: { seq: number; hash: string }, anchors: Anchor[] = []) {
  const verifier = new ChainVerifier(undefined, anchors);
  for (const row of rows) {
    const fault = verifier.take(row);
    if (fault) return fault;
  }
  return verifier.end(head);
}

const anchorAt = (row: ChainRow): Anchor => ({
  chain: "6a1fb9f0-6f0c-4f3b-8d0f-0a8a4a3b1c11",
  seq: row.seq,
  hash: row.hash.toString("hex"),
  at: "2026-11-22T12:00:00.000Z",
  key: "",
  signature: "",
});

interface Tampered {
  rows: ChainRow[];
  /** The first entry that is not as it was. */
  at: number;
}

/** Ways to tamper with a chain of three or more at a place in it; null when that would change nothing. */
const tampers: Record<string, (rows: ChainRow[], index: number, other: Written) => Tampered | null> = {
  "edit a field": (rows, index, other) => {
    const row = rows[index] as ChainRow;
    const name = fields[other.laterUs % fields.length] as (typeof fields)[number];
    if (row[name] === other[name] || (other[name] === null && !["reason", "before", "after"].includes(name)))
      return null;
    rows[index] = { ...row, [name]: other[name] };
    return { rows, at: index + 1 };
  },
  "flip a bit of a hash": (rows, index, other) => {
    const row = rows[index] as ChainRow;
    const hash = Buffer.from(row.hash);
    hash[other.laterUs % 32] = (hash[other.laterUs % 32] as number) ^ (1 << (other.laterUs % 8));
    rows[index] = { ...row, hash };
    return { rows, at: index + 1 };
  },
  "move text from one field to the next": (rows, index) => {
    const row = rows[index] as ChainRow;
    if (row.actor === "") return null;
    rows[index] = { ...row, actor: row.actor.slice(0, -1), action: row.actor.slice(-1) + row.action };
    return { rows, at: index + 1 };
  },
  "delete an entry": (rows, index) => (index === rows.length - 1 ? null : cutOut(rows, index)),
  "delete an entry and number the rest anew": (rows, index) => {
    if (index === rows.length - 1) return null;
    const cut = cutOut(rows, index);
    for (const [i, row] of cut.rows.entries()) row.seq = i + 1;
    return cut;
  },
  "insert an entry": (rows, index, { laterUs: _, ...entry }) => {
    const row = rows[index] as ChainRow;
    const slipped = { ...row, ...entry };
    seal(slipped);
    rows.splice(index + 1, 0, slipped);
    return { rows, at: index + 1 };
  },
  "insert an entry and number the rest anew": (rows, index, { laterUs: _, ...entry }) => {
    const row = rows[index] as ChainRow;
    const slipped = { ...row, ...entry, seq: row.seq, prev: row.prev };
    seal(slipped);
    rows.splice(index, 0, slipped);
    for (const [i, each] of rows.entries()) each.seq = i + 1;
    return { rows, at: index + 2 };
  },
  "swap two entries": (rows, index) => {
    const next = rows[index + 1];
    const row = rows[index] as ChainRow;
    if (!next) return null;
    rows[index] = { ...next, seq: row.seq };
    rows[index + 1] = { ...row, seq: next.seq };
    return { rows, at: index + 1 };
  },
  "back-date an entry": (rows, index, other) => {
    const row = rows[index] as ChainRow;
    rows[index] = { ...row, atUs: row.atUs - 1 - other.laterUs };
    return { rows, at: index + 1 };
  },
  "back-date an entry and seal all from there on": (rows, index, other) => {
    const before = rows[index - 1];
    const row = rows[index] as ChainRow;
    if (!before) return null;
    rows[index] = { ...row, atUs: before.atUs - 1 - other.laterUs };
    return { rows: reseal(rows, index), at: index + 1 };
  },
};

function cutOut(rows: ChainRow[], index: number): Tampered {
  rows.splice(index, 1);
  return { rows, at: index + 1 };
}

describe("a chain", () => {
  const chains = fc.array(written, { minLength: 3, maxLength: 12 });

  it("that nobody touched is whole, from the start, from any entry on, and by any anchor", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, pick) => {
        const rows = chainOf(entries);
        const row = rows[pick % rows.length] as ChainRow;
        expect(verify(rows, headOf(rows), [anchorAt(row)])).toBeNull();
        const later = new ChainVerifier(row);
        for (const each of rows.slice(row.seq)) expect(later.take(each)).toBeNull();
        expect(later.end(headOf(rows))).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(tampers))("tells of every attempt to %s, and where", (_name, tamper) => {
    let tampered = 0;
    fc.assert(
      fc.property(chains, fc.nat(), written, (entries, pick, other) => {
        const rows = chainOf(entries);
        const done = tamper(copyOf(rows), pick % rows.length, other);
        if (done === null) return;
        tampered++;
        const fault = verify(done.rows, headOf(rows)) as ChainFault;
        expect(fault).not.toBeNull();
        // What was swapped or slipped in may first show at the entry behind it.
        expect([done.at, done.at + 1]).toContain(fault.seq);
      }),
      { numRuns: 1_000 },
    );
    expect(tampered).toBeGreaterThan(500);
  });

  it("whose tail is cut is told by its head, and by an anchor when the head was moved back too", () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 1, max: 3 }), (entries, cut) => {
        const rows = chainOf(entries);
        const left = rows.slice(0, -cut);
        expect(verify(left, headOf(rows))).toMatchObject({ kind: "cut", seq: left.length + 1 });
        expect(verify(left, headOf(left))).toBeNull();
        const anchors = [anchorAt(rows.at(-1) as ChainRow)];
        expect(verify(left, headOf(left), anchors)).toMatchObject({ kind: "cut", seq: left.length + 1 });
      }),
    );
  });

  it("rewritten whole by somebody who knows how is whole in itself, and told by an anchor", () => {
    fc.assert(
      fc.property(chains, fc.nat(), written, (entries, pick, other) => {
        const rows = chainOf(entries);
        const done = tampers["edit a field"]?.(copyOf(rows), pick % rows.length, other);
        if (!done) return;
        const forged = reseal(done.rows, done.at - 1);
        expect(verify(forged, headOf(forged))).toBeNull();
        const anchor = anchorAt(rows.at(-1) as ChainRow);
        expect(verify(forged, headOf(forged), [anchor])).toMatchObject({
          kind: "rewritten",
          seq: anchor.seq,
        });
      }),
      { numRuns: 500 },
    );
  });

  it("whose head is another entry's is not whole", () => {
    const rows = chainOf([
      {
        actor: "a",
        action: "b",
        objectKind: "c",
        objectId: "d",
        reason: null,
        before: null,
        after: null,
        laterUs: 1,
      },
    ]);
    expect(verify(rows, { seq: 0, hash: "" })).toMatchObject({ kind: "unlinked" });
    expect(verify(rows, { seq: 1, hash: "00" })).toMatchObject({ kind: "unlinked" });
    expect(verify([], { seq: 0, hash: noHash.toString("hex") })).toBeNull();
  });
});
