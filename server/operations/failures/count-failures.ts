import { decideGroupState } from "#core/failure-group/failure-group-state.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { countFedFailures, type TouchedGroup } from "#server/store/failures/count-fed-failures.ts";
import { standingOf } from "#server/store/failures/group-row.ts";
import { pruneFailures } from "#server/store/failures/prune-failures.ts";
import { readBusiestMinutes } from "#server/store/failures/read-busiest-minutes.ts";
import { setGroupState } from "#server/store/failures/set-group-state.ts";
import { takeLapsedGroups } from "#server/store/failures/take-lapsed-groups.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

/** Failures counted in one transaction: a storm's backlog is worked off in steps of some tens of ms. */
const countedAtOnce = 1_000;
const lapsedAtOnce = 100;
const prunedAtOnce = 5_000;
const minuteMs = 60_000;

/**
 * Count what failed since the last time into buckets and groups, and open again the resolved and ignored groups that
 * the new failures or the clock open. A failure is counted in the transaction that takes it off the feed: once, however
 * often this is interrupted. `more` when there may be another batch.
 */
export function countFailures(engine: Engine, duty: Duty): Promise<"more" | "done" | "lost"> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    const nowMs = engine.clock.nowMs();
    const { taken, putAway } = await countFedFailures(transaction, countedAtOnce);
    const lapsed = await takeLapsedGroups(transaction, nowMs, lapsedAtOnce);
    const touched = new Set(putAway.map((group) => group.fingerprint));
    await reopenGroups(engine, transaction, nowMs, [
      ...putAway,
      ...lapsed.filter(({ fingerprint }) => !touched.has(fingerprint)).map((row) => ({ ...row, fresh: [] })),
    ]);
    return taken >= countedAtOnce ? "more" : "done";
  });
}

async function reopenGroups(
  engine: Engine,
  transaction: Queryable,
  nowMs: number,
  groups: TouchedGroup[],
): Promise<void> {
  if (groups.length === 0) return;
  const { lanes } = engine.catalog.current;
  const busiest = await readBusiestMinutes(
    transaction,
    groups.map((group) => group.fingerprint),
    nowMs - 2 * minuteMs,
  );
  for (const group of groups) {
    const standing = standingOf(group);
    if (standing === null) continue;
    const decision = decideGroupState({
      standing,
      fresh: group.fresh.map(({ lane, ...each }) => ({
        ...each,
        definition: lanes.get(lane)?.definition.name ?? `lane ${lane}`,
      })),
      attempts: group.attempts,
      mostPerMinute: busiest.get(group.fingerprint) ?? 0,
      nowMs,
    });
    if (decision.kind === "stay") continue;
    const { fingerprint } = group;
    const act = { actor: "dispatcher", reason: decision.because };
    await setGroupState(transaction, fingerprint, { ...act, state: "open", atMs: nowMs });
    await insertAuditEntry(transaction, {
      ...act,
      action: "failure-group.reopen",
      objectKind: "failure-group",
      objectId: fingerprint,
      before: standing,
      after: { state: "open" },
    });
  }
}

/** Forget buckets and groups past their keeping, a batch at a time; `more` when there may be another. */
export function forgetFailures(engine: Engine, duty: Duty): Promise<"more" | "done" | "lost"> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
    const most = await pruneFailures(transaction, engine.clock.nowMs(), prunedAtOnce);
    return most >= prunedAtOnce ? "more" : "done";
  });
}
