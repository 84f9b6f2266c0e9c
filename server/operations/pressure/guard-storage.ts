import { judgeStorage, type StorageVerdict, storageGuardSetting } from "#core/pressure/storage-guard.ts";
import { readSetting } from "#core/settings/setting.ts";
import { inTransaction } from "#db/transaction.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { pruneAdmissions } from "#server/store/pressure/prune-admissions.ts";
import { readPressure } from "#server/store/pressure/read-pressure.ts";
import { readStorageFacts } from "#server/store/pressure/read-storage-facts.ts";
import { savePressure } from "#server/store/pressure/save-pressure.ts";
import { findSetting } from "#server/store/settings/find-setting.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

/** Counts of submits under pressure are kept for so long, ms. */
const keepAdmissionsMs = 86_400_000;

/**
 * Look at what can run out in the database and judge it by the setting `storageGuards`; what it comes to is in the
 * next reckoning of the pressure. Returns the verdict, or false when the duty was lost meanwhile.
 */
export async function guardStorage(engine: Engine, duty: Duty): Promise<StorageVerdict | false> {
  const facts = await readStorageFacts(engine.counters);
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    const stored = await findSetting(transaction, storageGuardSetting.key);
    const guards = readSetting(storageGuardSetting, stored?.value);
    const before = (await readPressure(transaction, "storage", 0)) as StorageVerdict | null;
    const atMs = engine.clock.nowMs();
    const verdict = judgeStorage(facts, guards, before?.findings ?? [], atMs);
    await savePressure(transaction, "storage", { atMs, body: verdict, tell: false });
    await pruneAdmissions(transaction, atMs - keepAdmissionsMs);
    return verdict;
  });
}
