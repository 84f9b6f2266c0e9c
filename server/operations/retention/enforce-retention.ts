import { type DueDay, planDrops } from "#core/retention/plan-drops.ts";
import { type RetentionSettings, retentionSetting } from "#core/settings/retention-setting.ts";
import { readSetting } from "#core/settings/setting.ts";
import { inTransaction, sqlState } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { deletePastJobs } from "#server/store/retention/delete-past-jobs.ts";
import { dropDay } from "#server/store/retention/drop-day.ts";
import { findOpenJobs } from "#server/store/retention/find-open-jobs.ts";
import { type EndedTable, findPastJobs } from "#server/store/retention/find-past-jobs.ts";
import { hasValidReceipts } from "#server/store/retention/has-valid-receipts.ts";
import { forgetKeptDay, type KeptWhy, noteKeptDay } from "#server/store/retention/kept-days.ts";
import { type DayPartition, listDayPartitions } from "#server/store/retention/list-day-partitions.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

/** Jobs of a day that may be left over for it to be dropped all the same; their rows are copied under its locks. */
const mostOpenJobs = 10_000;
/** Ended jobs deleted in one transaction. */
const deleteAtOnce = 1_000;
const dayMs = 86_400_000;
const actor = "system";

/**
 * Take away what is past its keeping: a day's partitions at most, and a batch of cancelled and of dead jobs; `more` when
 * there may be more. Of a day that goes, jobs that are not completed stay, with all that is theirs, in the default
 * partitions. A day stays whole while a receipt of one of its jobs holds, or more than 10,000 of them are open.
 */
export async function enforceRetention(engine: Engine, duty: Duty): Promise<"more" | "done"> {
  const stored = await findSetting(engine.pool, retentionSetting.key);
  const settings = readSetting(retentionSetting, stored?.value);
  if (Object.values(settings).every((days) => days === null)) return "done";
  const partitions = await listDayPartitions(engine.pool);
  const nowMs = engine.clock.nowMs();
  let dropped = false;
  for (const due of planDrops(partitions, settings, nowMs)) {
    const outcome = await tryDrop(engine, duty, due, partitions);
    if (outcome === "lost") return "done";
    dropped = outcome === "dropped";
    if (dropped) break;
  }
  const deleted = await deletePast(engine, duty, settings, partitions, nowMs);
  return dropped || deleted ? "more" : "done";
}

async function tryDrop(
  engine: Engine,
  duty: Duty,
  { day, tables, whole }: DueDay,
  partitions: readonly DayPartition[],
): Promise<"dropped" | "kept" | "lost"> {
  const keep = async (why: KeptWhy, openJobs: number | null = null) => {
    await noteKeptDay(engine.pool, day, why, openJobs);
    return "kept" as const;
  };
  if (whole && (await hasValidReceipts(engine.pool, day))) return keep("receipts");
  const open = await findOpenJobs(engine.pool, day, mostOpenJobs + 1);
  if (open.length > mostOpenJobs) return keep("open-jobs", open.length);
  const own = partitions.filter((each) => each.day === day && tables.includes(each.table));
  // Every table has a default partition, and of a day that goes as a whole it holds what had no other place.
  const taken = partitions
    .filter(({ day: of, table }) => of === null && (whole || tables.includes(table)))
    .map(({ table, key }) => ({ table, key, ownPartition: own.some((each) => each.table === table) }));
  try {
    return await inTransaction(engine.pool, async (transaction) => {
      if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return "lost";
      const keptJobs = await dropDay(transaction, day, taken, open);
      await forgetKeptDay(transaction, day);
      const sum = (of: "bytes" | "rows") => own.reduce((total, each) => total + each[of], 0);
      await insertAuditEntry(transaction, {
        ...{ actor, action: "retention.drop", objectKind: "day", objectId: day },
        after: { tables, keptJobs, bytes: sum("bytes"), aboutRows: sum("rows") },
      });
      return "dropped";
    });
  } catch (error) {
    // Somebody works with these tables just now: the next round asks again.
    if (sqlState(error) === "55P03") return keep("busy");
    throw error;
  }
}

/** Delete a batch of each kind of ended jobs that go by their own end; whether there may be more. */
async function deletePast(
  engine: Engine,
  duty: Duty,
  settings: RetentionSettings,
  partitions: readonly DayPartition[],
  nowMs: number,
): Promise<boolean> {
  const kinds: [EndedTable, number | null][] = [
    ["cancelled", settings.cancelledDays],
    ["dead", settings.deadDays],
    // Left over when their day went, and completed since.
    ["completed_default", settings.completedDays],
  ];
  const tables = partitions.filter(({ day }) => day === null);
  let more = false;
  for (const [from, days] of kinds) {
    if (days === null) continue;
    const beforeMs = nowMs - days * dayMs;
    const ids = await findPastJobs(engine.pool, from, beforeMs, deleteAtOnce);
    if (ids.length === 0) continue;
    await inTransaction(engine.pool, async (transaction) => {
      if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return;
      const count = await deletePastJobs(transaction, from, ids, beforeMs, tables);
      if (count === 0) return;
      const state = from === "completed_default" ? "completed" : from;
      await insertAuditEntry(transaction, {
        ...{ actor, action: "retention.delete", objectKind: "jobs", objectId: state },
        after: { count, endedBefore: new Date(beforeMs).toISOString() },
      });
    });
    if (ids.length === deleteAtOnce) more = true;
  }
  return more;
}
