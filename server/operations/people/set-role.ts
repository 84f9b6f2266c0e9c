import { z } from "zod";
import { type Role, roles } from "#core/access/role.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { updateRole } from "#server/store/people/update-user.ts";
import { endSessionsOf } from "#server/store/sessions/end-sessions.ts";
import type { Engine } from "../engine.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";
import { noSuchPerson } from "./no-such-person.ts";

/**
 * Give a person another role and sign them out everywhere; the role they have already changes nothing. Throws
 * `validation`, `not_found`, and `invalid_state` when no admin would be left.
 */
export async function setRole(
  engine: Pick<Engine, "pool">,
  request: { userId: string; role: string; actor: string },
): Promise<{ login: string; role: Role }> {
  const { userId, actor } = request;
  const parsed = z.enum(roles).safeParse(request.role);
  if (!parsed.success) throw validationError(parsed.error, "the role");
  const role = parsed.data;
  return inTransaction(engine.pool, async (transaction) => {
    if (role !== "admin") await keepAnAdmin(transaction, userId);
    const user = await lockUser(transaction, userId);
    if (user === null) throw noSuchPerson(userId);
    if (user.role === role) return { login: user.login, role };
    await updateRole(transaction, userId, role);
    const ended = await endSessionsOf(transaction, userId);
    await insertAuditEntry(transaction, {
      ...{ actor, action: "user.set-role", objectKind: "user", objectId: userId },
      before: { role: user.role },
      after: { role, endedSessions: ended },
    });
    return { login: user.login, role };
  });
}
