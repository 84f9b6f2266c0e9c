import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { clearBreaker } from "#server/store/dependencies/clear-breaker.ts";
import { findDependency } from "#server/store/dependencies/find-dependency.ts";
import { lockDependencyGates } from "#server/store/dependencies/lock-dependency-gates.ts";
import { tellGates } from "#server/store/dependencies/tell-gates.ts";
import type { Engine } from "../engine.ts";
import { noSuchDependency } from "./no-such-dependency.ts";
import { showGates } from "./show-gates.ts";

/**
 * Have the breaker of a dependency forget what it remembers: it is closed, knows neither outage nor usual times nor a
 * learned rate, and judges by what is answered from now on. What an operator forced stays forced. Throws `not_found` with
 * the nearest names, and `validation` without a reason.
 */
export async function resetBreaker(
  engine: Engine,
  { name, reason, actor }: { name: string; reason: string; actor: string },
): Promise<void> {
  if (reason.trim() === "")
    throw new SignalboxError("validation", `say why ${name} is reset; nothing was done`, {
      errors: [{ path: "/reason", message: "is needed: it is kept in the audit trail" }],
    });
  await inTransaction(engine.pool, async (transaction) => {
    const known = await findDependency(transaction, name);
    if (known === null) throw noSuchDependency(name, engine.catalog.current.dependencies.keys());
    await lockDependencyGates(transaction, [known.id]);
    const before = (await findDependency(transaction, name)) ?? known;
    await clearBreaker(transaction, known.id);
    const { state, sinceMs, ratePerSecond, slowMs } = before;
    await insertAuditEntry(transaction, {
      actor,
      action: "dependency.reset",
      objectKind: "dependency",
      objectId: name,
      reason,
      before: { state, sinceMs, ratePerSecond, slowMs },
      after: { state: "closed" },
    });
    await tellGates(transaction);
  });
  await showGates(engine, name);
}
