import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { voidInvite } from "#server/store/sign-in-links/void-links.ts";
import type { Engine } from "../engine.ts";

/** Make an open invitation void. Throws `not_found` when it was used, replaced or withdrawn before. */
export async function withdrawInvite(
  engine: Pick<Engine, "pool">,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const login = await voidInvite(transaction, id);
    if (login === null)
      throw new SignalboxError(
        "not_found",
        "This invitation is open no more: it was used or withdrawn. Nothing was done.",
      );
    await insertAuditEntry(transaction, {
      ...{ actor, action: "user.withdraw-invite", objectKind: "link", objectId: id },
      before: { login },
    });
  });
}
