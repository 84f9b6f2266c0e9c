import type { ChainRow } from "#server/store/audit/read-chain.ts";
import type { Anchor } from "./anchor.ts";
import { hashEntry, noHash } from "./hash-entry.ts";

/** What is wrong with a chain, and at which entry first. */
export interface ChainFault {
  kind:
    | "missing" // a number is skipped: an entry was deleted
    | "repeated" // a number comes again: an entry was inserted
    | "unlinked" // it does not name the hash before it: moved, inserted, or the one before replaced
    | "changed" // its text is not the one that was hashed
    | "back-dated" // it is dated before its predecessor
    | "rewritten" // it has not the hash that an anchor has for it
    | "cut"; // it was there by the head or an anchor and is not any more
  seq: number;
  /** In a sentence. */
  text: string;
}

/** A place in the chain up to which it is known. */
export interface ChainPlace {
  seq: number;
  hash: Buffer;
  atUs: number;
}

/** Before the first entry. */
export const chainStart: ChainPlace = { seq: 0, hash: noHash, atUs: Number.NEGATIVE_INFINITY };

/**
 * Walks a chain in its order and finds the first entry that is not as it was written. `anchors` are heads kept outside
 * the database, already known to be genuine: what was rewritten whole is found by them alone.
 */
export class ChainVerifier {
  #place: ChainPlace;
  readonly #anchors: Map<number, Anchor>;
  readonly #lastAnchor: Anchor | null;

  constructor(from: ChainPlace = chainStart, anchors: readonly Anchor[] = []) {
    this.#place = from;
    this.#anchors = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
    this.#lastAnchor = anchors.reduce<Anchor | null>(
      (last, anchor) => (last === null || anchor.seq > last.seq ? anchor : last),
      null,
    );
  }

  /** The last entry that was found whole. */
  get place(): ChainPlace {
    return this.#place;
  }

  /** Take the next entry; the fault, or null when it is whole. After a fault the verifier has stopped. */
  take(row: ChainRow): ChainFault | null {
    const last = this.#place;
    const { seq } = row;
    const due = last.seq + 1;
    if (seq > due) return fault("missing", due, `entry ${due} is missing: ${seq} follows ${last.seq}`);
    if (seq < due) return fault("repeated", seq, `entry ${seq} comes again after ${last.seq}`);
    if (!row.prev.equals(last.hash))
      return fault("unlinked", seq, `entry ${seq} does not follow what stands before it`);
    if (!hashEntry(row).equals(row.hash))
      return fault("changed", seq, `entry ${seq} is not as it was written`);
    if (row.atUs < last.atUs) return fault("back-dated", seq, `entry ${seq} is dated before ${last.seq}`);
    const anchor = this.#anchors.get(seq);
    if (anchor && anchor.hash !== row.hash.toString("hex"))
      return fault("rewritten", seq, `entry ${seq} is not the one that was anchored at ${anchor.at}`);
    this.#place = { seq, hash: row.hash, atUs: row.atUs };
    return null;
  }

  /** After the last entry: whether it is the one where the head and the anchors say that the chain ends. */
  end(head: { seq: number; hash: string }): ChainFault | null {
    const { seq, hash } = this.#place;
    const ends = Math.max(head.seq, this.#lastAnchor?.seq ?? 0);
    if (ends > seq) {
      const told = head.seq > seq ? "the head of the chain" : `the anchor of ${this.#lastAnchor?.at}`;
      return fault("cut", seq + 1, `entries from ${seq + 1} on are missing: ${told} stands at ${ends}`);
    }
    if (head.seq < seq || head.hash !== hash.toString("hex"))
      return fault("unlinked", seq, `the head of the chain is not entry ${seq}, its last`);
    return null;
  }
}

function fault(kind: ChainFault["kind"], seq: number, text: string): ChainFault {
  return { kind, seq, text };
}
