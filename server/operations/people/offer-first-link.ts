import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { hasOtherUsers } from "#server/store/people/has-other-users.ts";
import { lockPeople } from "#server/store/people/lock-people.ts";
import { voidFirstLinks } from "#server/store/sign-in-links/void-links.ts";
import type { Engine } from "../engine.ts";
import { type MadeLink, makeLink } from "./make-link.ts";
import { demoLogin } from "./open-demo.ts";

/**
 * A fresh link to make the first admin with, while there is nobody; those of earlier starts become void. With `demo` one
 * that lets its holder in as the demo's admin by one click, also when only that one is there. Null once there is
 * somebody.
 */
export function offerFirstLink(
  engine: Pick<Engine, "pool">,
  { demo = false }: { demo?: boolean } = {},
): Promise<MadeLink | null> {
  return inTransaction(engine.pool, async (transaction) => {
    await lockPeople(transaction);
    if (await hasOtherUsers(transaction, demo ? demoLogin : "")) return null;
    await voidFirstLinks(transaction);
    const kind = demo ? "demo" : "first-admin";
    const link = await makeLink(transaction, { kind, role: "admin", createdBy: "system" });
    await insertAuditEntry(transaction, {
      actor: "system",
      action: "link.create",
      objectKind: "link",
      objectId: link.id,
      after: { kind, role: "admin", expiresAt: link.expiresAt },
    });
    return link;
  });
}
