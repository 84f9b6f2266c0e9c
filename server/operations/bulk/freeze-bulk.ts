import { maxBulkJobs } from "#core/bulk/bulk-action.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { appendBulkItems } from "#server/store/bulk/append-bulk-items.ts";
import type { BulkRow } from "#server/store/bulk/bulk-row.ts";
import { lockBulk } from "#server/store/bulk/find-bulk.ts";
import { setBulkState, setFreezeCursor } from "#server/store/bulk/update-bulk.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import { type BulkJobs, readBulkPage } from "./bulk-source.ts";
import { outgrew, tooMany } from "./start-bulk.ts";

/**
 * Append one page to the set of an operation; with the last one it runs. A set beyond 1,000,000 jobs, or clearly beyond
 * the count somebody typed, ends the operation before its first job.
 */
export async function freezeBulk(engine: Engine, duty: Duty, bulk: BulkRow): Promise<void> {
  const source: BulkJobs =
    bulk.filter === null
      ? { kind: "operation", id: bulk.takesBack ?? "0" }
      : { kind: "filter", filter: bulk.filter };
  const page = await readBulkPage(
    engine.pool,
    source,
    bulk.freezeCursor,
    engine.catalog.current.redactor.shown,
  );
  await inTransaction(engine.pool, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return;
    const now = await lockBulk(transaction, bulk.id);
    if (now?.state !== "freezing" || now.freezeCursor !== bulk.freezeCursor) return;
    await appendBulkItems(transaction, bulk.id, page.ids);
    const matched = now.matched + page.ids.length;
    const because =
      matched > maxBulkJobs
        ? tooMany(matched)
        : outgrew(matched, now.confirmed)
          ? `${matched} jobs match, not ${now.confirmed} as confirmed: count again`
          : null;
    if (because !== null) {
      await setBulkState(transaction, bulk.id, "aborted", { kind: "too-many", because });
      await insertAuditEntry(transaction, {
        actor: "dispatcher",
        action: "bulk.abort",
        objectKind: "bulk",
        objectId: bulk.id,
        reason: because,
        before: { state: "freezing" },
        after: { state: "aborted" },
      });
    } else if (page.cursor !== null) await setFreezeCursor(transaction, bulk.id, page.cursor);
    else await setBulkState(transaction, bulk.id, matched === 0 ? "completed" : "running", null);
  });
}
