import { type BulkState, isBulkOver } from "#core/bulk/bulk-state.ts";
import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockBulk } from "#server/store/bulk/find-bulk.ts";
import { setBulkState } from "#server/store/bulk/update-bulk.ts";
import type { Engine } from "../engine.ts";
import { noSuchBulk } from "./start-bulk.ts";

export interface SteerBulk {
  id: string;
  verb: "pause" | "resume" | "abort";
  reason: string | null;
  actor: string;
}

/**
 * Pause, resume or abort an operation; acts from the next batch on, and what was done stays done. A resume begins with
 * a new canary. Throws `not_found`, or `invalid_state` when it is over, or not running or not stopped as it should be.
 */
export async function steerBulk(engine: Engine, { id, verb, reason, actor }: SteerBulk): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const bulk = await lockBulk(transaction, id);
    if (bulk === null) throw noSuchBulk(id);
    const going = bulk.state === "running" || bulk.state === "freezing";
    const allowed =
      verb === "abort" ? !isBulkOver(bulk.state) : verb === "pause" ? going : isStopped(bulk.state);
    if (!allowed)
      throw new SignalboxError(
        "invalid_state",
        `bulk operation ${id} is ${bulk.state}: it cannot be ${past[verb]}; nothing was changed`,
      );
    const state =
      verb === "abort"
        ? "aborted"
        : verb === "pause"
          ? "paused"
          : bulk.freezeCursor === null
            ? "running"
            : "freezing";
    await setBulkState(transaction, id, state, verb === "resume" ? null : bulk.halt);
    await insertAuditEntry(transaction, {
      actor,
      action: `bulk.${verb}`,
      objectKind: "bulk",
      objectId: id,
      reason,
      before: { state: bulk.state },
      after: { state, taken: bulk.taken, matched: bulk.matched },
    });
  });
}

const past = { pause: "paused", resume: "resumed", abort: "aborted" } as const;

function isStopped(state: BulkState): boolean {
  return state === "paused" || state === "halted";
}
