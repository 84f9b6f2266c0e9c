import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeJob } from "../testing/fake-transport.ts";
import { countByLease, LeaseBook } from "./lease-book.ts";

const leaseMs = 10_000;
const jobsOf = (leaseId: string, count: number) => Array.from({ length: count }, () => fakeJob({ leaseId }));
const claimed = (leaseId: string, count: number, atMs = 0) => {
  const book = new LeaseBook();
  book.claimed(jobsOf(leaseId, count), atMs, atMs + 10, leaseMs);
  return book;
};

describe("a lease", () => {
  it("is trusted until a tenth of its length before it can end, counted from when its claim was sent", () => {
    const book = claimed("a", 1, 1_000);
    expect(book.distrusted(1_000 + 8_999)).toEqual([]);
    expect(book.distrusted(1_000 + 9_000)).toEqual(["a"]);
  });

  it("is trusted longer by a heartbeat that renewed it, and is gone when a later one does not name it", () => {
    const book = claimed("a", 1);
    expect(book.renewed(["a"], 5_000, 5_020, leaseMs)).toEqual([]);
    expect(book.distrusted(13_999)).toEqual([]);
    expect(book.renewed([], 10_000, 10_010, leaseMs)).toEqual(["a"]);
  });

  it("is not gone by a heartbeat that was sent before its claim was answered", () => {
    const book = new LeaseBook();
    book.claimed(jobsOf("a", 1), 100, 200, leaseMs);
    expect(book.renewed([], 150, 210, leaseMs)).toEqual([]);
  });

  it("that was given up is never named to be dropped: others' jobs may stand under it", () => {
    const book = claimed("a", 3);
    book.forget("a");
    expect(book.closedBy(new Map([["a", 3]]))).toEqual([]);
    expect(book.settled(new Map([["a", 3]]), new Set())).toEqual([]);
    expect(book.has("a")).toBe(false);
  });

  it("unknown here is stray once every claim under way was sent after it was first seen", () => {
    const book = claimed("mine", 1);
    expect(book.stray(["mine", "other"], 100, 50)).toEqual([]);
    expect(book.stray(["mine", "other"], 200, 50)).toEqual([]);
    expect(book.stray(["mine", "other"], 300, 250)).toEqual(["other"]);
    expect(book.stray(["mine", "third"], 400, Number.POSITIVE_INFINITY)).toEqual(["third"]);
  });
});

describe("dropping leases", () => {
  it("happens once a lease, and only with or after the last of its jobs is settled for certain, in whatever order settles end", () => {
    const batches = fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 10,
    });
    const turns = fc.infiniteStream(fc.record({ pick: fc.nat(), fails: fc.boolean() }));
    fc.assert(
      fc.property(batches, turns, (plan, stream) => {
        const book = new LeaseBook();
        const jobs = plan.flat().map((lease) => fakeJob({ leaseId: String(lease) }));
        book.claimed(jobs, 0, 1, leaseMs);
        const open = countByLease(jobs);
        const dropped = new Map<string, number>();
        const drop = (id: string) => {
          expect(open.get(id)).toBe(0);
          dropped.set(id, (dropped.get(id) ?? 0) + 1);
        };
        let at = 0;
        // Each batch is sent at its own moment and answered at another; a failed one is sent again.
        const waiting = plan.map((batch) =>
          countByLease(batch.map(() => jobs[at++] as (typeof jobs)[number])),
        );
        const sent: { counts: Map<string, number>; closing: Set<string> }[] = [];
        const iterator = stream[Symbol.iterator]();
        for (let turn = 0; waiting.length + sent.length > 0 && turn < 300; turn++) {
          const { pick, fails } = iterator.next().value;
          const sendNow = sent.length === 0 || (waiting.length > 0 && pick % 2 === 0);
          if (sendNow) {
            const [counts] = waiting.splice(pick % waiting.length, 1) as [Map<string, number>];
            sent.push({ counts, closing: new Set(book.closedBy(counts)) });
            continue;
          }
          const [answered] = sent.splice(pick % sent.length, 1) as [(typeof sent)[number]];
          if (fails && turn < 200) {
            waiting.push(answered.counts);
            continue;
          }
          for (const [id, count] of answered.counts) open.set(id, (open.get(id) as number) - count);
          for (const id of answered.closing) drop(id);
          for (const id of book.settled(answered.counts, answered.closing)) drop(id);
        }
        expect(waiting.length + sent.length).toBe(0);
        expect([...dropped.values()].every((times) => times === 1)).toBe(true);
        expect(dropped.size).toBe(open.size);
      }),
      { numRuns: 500 },
    );
  });
});
