import {
  type BulkAct,
  isDestructive,
  maxBulkJobs,
  reasonNeededFrom,
  typedCountAbove,
} from "#core/bulk/bulk-action.ts";
import { type BulkGuard, defaultGuard } from "#core/bulk/bulk-guard.ts";
import { sayBulk } from "#core/bulk/say-bulk.ts";
import { SignalboxError } from "#core/error.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { appendBulkItems } from "#server/store/bulk/append-bulk-items.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { insertBulk } from "#server/store/bulk/insert-bulk.ts";
import { readRecentAttempts } from "#server/store/bulk/read-recent-attempts.ts";
import { monotonicMs } from "#server/system/clock.ts";
import type { Engine } from "../engine.ts";
import { noSuchQueue } from "../queues/patch-queue.ts";
import { type BulkJobs, readBulkPage, sourceOf } from "./bulk-source.ts";

export interface StartBulk {
  act: BulkAct;
  jobs: BulkJobs;
  reason: string | null;
  actor: string;
  /** Pace and halting; absent: what {@link defaultGuard} proposes. */
  guard?: BulkGuard;
  /**
   * The count that the operator was shown and typed. With it the operation does not start, or ends before its first
   * job, when clearly more match; absent where nothing was typed.
   */
  confirmed?: number;
  /** Refuse a destructive act on more than 1,000 jobs without `confirmed`; default false. */
  typedCount?: boolean;
}

/** How long a start makes the set itself before the dispatcher goes on with it, ms. */
const freezeBudgetMs = 1_500;
/** So many times the typed count may match when it starts. */
const confirmedSlack = 1.1;

/**
 * Start a bulk operation: its set of jobs is frozen, the dispatcher does it. A set that takes longer to make is whole a
 * little later: `matched` is then what was found so far and `frozen` false. Throws `validation` for an empty filter,
 * one that nothing matches, more than 1,000,000 jobs, or a missing reason or count; `not_found` for an unknown queue.
 */
export async function startBulk(
  engine: Engine,
  start: StartBulk,
): Promise<{ operationId: string; matched: number; frozen: boolean }> {
  const { act, jobs, reason, actor } = start;
  if (jobs.kind === "filter") refuseEmptyFilter(jobs.filter);
  if (act.action === "move" && !engine.catalog.current.queues.has(act.queue)) throw noSuchQueue(act.queue);
  const { ids, lanes, cursor } = await freezeFirst(engine, jobs);
  refuseCount(start, ids.length, cursor === null);
  const guard =
    start.guard ?? defaultGuard(act.action, ids.length, await readRecentAttempts(engine.pool, [...lanes]));
  const operationId = engine.ids.next();
  const filter = jobs.kind === "filter" ? jobs.filter : null;
  const takesBack = jobs.kind === "operation" ? jobs.id : null;
  const frozen = cursor === null;
  await inTransaction(engine.pool, async (transaction) => {
    await insertBulk(transaction, {
      id: operationId,
      act,
      filter,
      takesBack,
      reason,
      actor,
      state: frozen ? "running" : "freezing",
      freezeCursor: cursor,
      confirmed: start.confirmed ?? null,
      guard,
    });
    await appendBulkItems(transaction, operationId, ids);
    await insertAuditEntry(transaction, {
      actor,
      action: "bulk.start",
      objectKind: "bulk",
      objectId: operationId,
      reason,
      after: {
        summary: sayBulk(act, sourceOf({ filter, takesBack }), frozen ? ids.length : null),
        ...act,
        ...(filter === null ? {} : { filter }),
        guard,
      },
    });
  });
  return { operationId, matched: ids.length, frozen };
}

/** Ask for what an operation took out to be put back. Throws `not_found`, or `invalid_state` while it still runs. */
export async function takeBackBulk(
  engine: Engine,
  { id, reason, actor }: { id: string; reason: string | null; actor: string },
): Promise<{ operationId: string; matched: number; frozen: boolean }> {
  const bulk = await findBulk(engine.pool, id);
  if (bulk === null) throw noSuchBulk(id);
  if (!isDestructive(bulk.act.action))
    throw new SignalboxError(
      "invalid_state",
      `bulk operation ${id} is a ${bulk.act.action}: only a cancel or a discard can be taken back; nothing was done`,
    );
  if (bulk.state === "running" || bulk.state === "freezing")
    throw new SignalboxError(
      "invalid_state",
      `bulk operation ${id} is still running: pause or abort it first; nothing was taken back`,
    );
  return startBulk(engine, { act: { action: "restore" }, jobs: { kind: "operation", id }, reason, actor });
}

export function noSuchBulk(id: string): SignalboxError {
  return new SignalboxError("not_found", `there is no bulk operation ${id.slice(0, 40)}`);
}

async function freezeFirst(
  engine: Engine,
  jobs: BulkJobs,
): Promise<{ ids: string[]; lanes: Set<number>; cursor: string | null }> {
  const startedMs = monotonicMs();
  const ids: string[] = [];
  const lanes = new Set<number>();
  let cursor: string | null = null;
  do {
    const page = await readBulkPage(engine.pool, jobs, cursor, engine.catalog.current.redactor.shown);
    ids.push(...page.ids);
    for (const job of page.jobs) lanes.add(job.lane);
    cursor = page.cursor;
    // Chosen ids are kept nowhere but in the set: all of them are taken now.
  } while (cursor !== null && (jobs.kind === "ids" || monotonicMs() - startedMs < freezeBudgetMs));
  return { ids, lanes, cursor };
}

/** Refuse a filter that narrows nothing: `validation`. */
export function refuseEmptyFilter(filter: JobFilter): void {
  const narrows = Object.values(filter).some(
    (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  if (narrows) return;
  throw new SignalboxError(
    "validation",
    "an empty filter is every job there is: narrow it by a state, a queue or anything else; nothing was done",
    { errors: [{ path: "/filter", message: "may not be empty" }] },
  );
}

function refuseCount(start: StartBulk, matched: number, whole: boolean): void {
  const refuse = (path: string, message: string, text: string) => {
    throw new SignalboxError("validation", `${text}; nothing was done`, { errors: [{ path, message }] });
  };
  if (matched === 0 && whole)
    refuse("/filter", "matches no job", "no job matches: it may have been dealt with meanwhile");
  if (matched > maxBulkJobs) refuse("/filter", "matches too many jobs", tooMany(matched));
  if (start.reason === null && matched >= reasonNeededFrom)
    refuse(
      "/reason",
      `is needed from ${reasonNeededFrom} jobs up`,
      "say why: the reason goes into the audit trail",
    );
  if (!isDestructive(start.act.action)) return;
  if (start.typedCount === true && matched > typedCountAbove && start.confirmed === undefined)
    refuse("/confirmed", `is needed above ${typedCountAbove} jobs`, "type the count to confirm");
  if (outgrew(matched, start.confirmed ?? null))
    throw new SignalboxError(
      "conflict",
      `${matched} jobs match now, not ${start.confirmed}: count again; nothing was done`,
    );
}

/** Whether clearly more jobs match than somebody confirmed. */
export function outgrew(matched: number, confirmed: number | null): boolean {
  return confirmed !== null && matched > Math.max(confirmed + 10, confirmed * confirmedSlack);
}

/** The refusal of a set beyond the bound. */
export function tooMany(matched: number): string {
  return `more than ${maxBulkJobs.toLocaleString("en")} jobs match (${matched.toLocaleString("en")} so far): narrow the filter and do it in parts`;
}
