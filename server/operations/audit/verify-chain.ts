import type { Queryable } from "#db/client.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { readChain } from "#server/store/audit/read-chain.ts";
import type { Anchor } from "./anchor.ts";
import { type ChainFault, type ChainPlace, ChainVerifier } from "./chain-verifier.ts";

const rowsAtOnce = 5_000;

export interface ChainReport {
  /** The first fault; null: the chain is whole. */
  fault: ChainFault | null;
  /** The last entry found whole. */
  place: ChainPlace;
  /** Entries looked at. */
  examined: number;
}

/**
 * Walk the chain from `from` to its end, or at most `limit` entries of it, against the head and the anchors. Reads a
 * bounded number of entries at a time; entries added meanwhile are walked too.
 */
export async function verifyChain(
  db: Queryable,
  options: { from?: ChainPlace; anchors?: readonly Anchor[]; limit?: number } = {},
): Promise<ChainReport> {
  const { from, anchors, limit = Number.POSITIVE_INFINITY } = options;
  const verifier = new ChainVerifier(from, anchors);
  let examined = 0;
  while (examined < limit) {
    // Read before the entries: what is added between the two is no fault.
    const head = await readAuditHead(db);
    const rows = await readChain(db, verifier.place.seq, Math.min(rowsAtOnce, limit - examined));
    for (const row of rows) {
      examined++;
      const fault = verifier.take(row);
      if (fault) return { fault, place: verifier.place, examined };
    }
    if (rows.length === 0) return { fault: verifier.end(head), place: verifier.place, examined };
  }
  return { fault: null, place: verifier.place, examined };
}
