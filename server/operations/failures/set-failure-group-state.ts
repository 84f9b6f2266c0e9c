import { SignalboxError } from "#core/error.ts";
import { type GroupAct, groupActLimits } from "#core/failure-group/group-act.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findGroup } from "#server/store/failures/find-group.ts";
import { standingOf } from "#server/store/failures/group-row.ts";
import { type NewGroupState, setGroupState } from "#server/store/failures/set-group-state.ts";
import type { Engine } from "../engine.ts";

/**
 * Resolve, ignore or reopen a failure group. A group that is put away may be put away otherwise without reopening it
 * first. Throws `not_found`; `invalid_state` when it is open already; `validation` for a time that has passed, or a
 * version further than the next of a definition.
 */
export async function setFailureGroupState(
  engine: Engine,
  request: { fingerprint: string; act: GroupAct; reason: string | null; actor: string },
): Promise<{ state: NewGroupState["state"] }> {
  const { fingerprint, act, reason, actor } = request;
  const nowMs = engine.clock.nowMs();
  checkAct(engine, act, nowMs);
  return inTransaction(engine.pool, async (transaction) => {
    const group = await findGroup(transaction, fingerprint, true);
    if (group === null)
      throw new SignalboxError("not_found", `There is no failure group ${fingerprint}. It may be forgotten.`);
    if (act.act === "reopen" && group.state === "open")
      throw new SignalboxError(
        "invalid_state",
        `The group is open already${group.stateReason === null ? "" : `: ${group.stateReason}`}; nothing was done.`,
      );
    const next = nextState(act, { actor, reason, atMs: nowMs });
    await setGroupState(transaction, fingerprint, next);
    await insertAuditEntry(transaction, {
      actor,
      action: `failure-group.${act.act}`,
      objectKind: "failure-group",
      objectId: fingerprint,
      reason,
      before: standingOf(group) ?? { state: "open" },
      after: act,
    });
    return { state: next.state };
  });
}

function nextState(
  act: GroupAct,
  said: { actor: string; reason: string | null; atMs: number },
): NewGroupState {
  switch (act.act) {
    case "resolve":
      return { ...said, state: "resolved", inVersion: act.inVersion };
    case "ignore":
      return { ...said, state: "ignored", bound: act.bound };
    case "reopen":
      return { ...said, state: "open" };
  }
}

function checkAct(engine: Engine, act: GroupAct, nowMs: number): void {
  if (act.act === "ignore" && act.bound.kind === "time") {
    if (act.bound.untilMs <= nowMs)
      throw refusal("/bound/untilMs", "The time up to which it is ignored has passed; choose a later one.");
    if (act.bound.untilMs > nowMs + groupActLimits.aheadMs)
      throw refusal("/bound/untilMs", "The time is more than a year ahead; choose a nearer one.");
  }
  if (act.act !== "resolve" || act.inVersion === null) return;
  const { definition, version } = act.inVersion;
  const live = engine.catalog.current.definitions.get(definition)?.version;
  if (live === undefined)
    throw refusal(
      "/inVersion/definition",
      `There is no definition ${definition}; choose one of the group's.`,
    );
  if (version > live + 1)
    throw refusal(
      "/inVersion/version",
      `${definition} is at version ${live}; name at most the next, ${live + 1}.`,
    );
}

function refusal(path: string, message: string): SignalboxError {
  return new SignalboxError("validation", `${message} Nothing was done.`, { errors: [{ path, message }] });
}
