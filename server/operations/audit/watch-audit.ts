import { inTransaction } from "#db/transaction.ts";
import { findAuditCheck } from "#server/store/audit/find-audit-check.ts";
import { readAuditHead } from "#server/store/audit/read-audit-head.ts";
import { saveAuditCheck } from "#server/store/audit/save-audit-check.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import type { Anchor } from "./anchor.ts";
import { type ChainPlace, chainStart } from "./chain-verifier.ts";
import { verifyChain } from "./verify-chain.ts";

/** Entries of the tail that one call checks at most, and of the walk from the beginning. */
const tailAtOnce = 50_000;
const lapAtOnce = 20_000;

/** Keeps the head of the chain outside the database. */
export interface AnchorKeeper {
  keep(head: { chain: string; seq: number; hash: string }, atMs: number): Promise<Anchor>;
}

/**
 * Check what was added to the audit trail since the last call and a stretch of all the rest, keep what was found for
 * the console, and anchor the head outside the database when it has moved. A chain with a fault is not anchored.
 */
export async function watchAudit(
  engine: Engine,
  duty: Duty,
  keeper: AnchorKeeper | null,
): Promise<"done" | "more" | "lost"> {
  const before = await findAuditCheck(engine.pool);
  const tail = await verifyChain(engine.pool, { from: before.tail, limit: tailAtOnce });
  const lap = await verifyChain(engine.pool, { from: before.lap, limit: lapAtOnce });
  const fault = tail.fault ?? lap.fault;
  const lapEnded = lap.fault === null && lap.examined < lapAtOnce;
  const anchored =
    fault === null && keeper !== null ? await anchor(engine, keeper, tail.place, before) : null;
  if (fault !== null && fault.seq !== before.fault?.seq)
    engine.log.error({ fault }, "the audit trail is not whole: run signalbox audit verify");
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    await saveAuditCheck(transaction, {
      tail: tail.place,
      lap: lapEnded ? chainStart : lap.place,
      fault,
      lapEnded,
      anchoredSeq: anchored,
    });
    return fault === null && tail.examined >= tailAtOnce ? "more" : "done";
  });
}

/**
 * Anchor the last entry that was found whole; its number, or null when it has been anchored already or could not be:
 * that is told in the log and tried again with the next check.
 */
async function anchor(
  engine: Engine,
  keeper: AnchorKeeper,
  place: ChainPlace,
  before: { anchoredSeq: number },
): Promise<number | null> {
  const { seq } = place;
  if (seq <= before.anchoredSeq) return null;
  const { chain } = await readAuditHead(engine.pool);
  try {
    const head = { chain, seq, hash: place.hash.toString("hex") };
    const kept = await keeper.keep(head, engine.clock.nowMs());
    engine.log.info({ anchor: kept }, "the head of the audit trail");
    return seq;
  } catch (error) {
    engine.log.warn(
      { error: String(error) },
      "the head of the audit trail was not written outside the database",
    );
    return null;
  }
}
