import { z } from "zod";
import { displayNameSchema, loginSchema } from "#core/access/login.ts";
import { type Role, roles } from "#core/access/role.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findUserByLogin } from "#server/store/people/find-user.ts";
import { voidInvites } from "#server/store/sign-in-links/void-links.ts";
import type { Engine } from "../engine.ts";
import { type MadeLink, makeLink } from "./make-link.ts";

/** Whom to invite, what they are called (by default as they log in) and what they may do. */
export const inviteSchema = z.strictObject({
  login: loginSchema,
  displayName: displayNameSchema.optional(),
  role: z.enum(roles),
});

/**
 * Make a link by which a person sets a password and comes in; earlier ones for the same login name become void. Throws
 * `validation`, and `conflict` when they have an account.
 */
export async function inviteUser(
  engine: Pick<Engine, "pool">,
  request: { login: string; displayName?: string; role: string; actor: string },
): Promise<MadeLink & { login: string; role: Role }> {
  const { actor, ...asked } = request;
  const parsed = inviteSchema.safeParse(asked);
  if (!parsed.success) throw validationError(parsed.error, "the invitation");
  const { login, displayName = login.slice(0, 100), role } = parsed.data;
  return inTransaction(engine.pool, async (transaction) => {
    if ((await findUserByLogin(transaction, login)) !== null)
      throw new SignalboxError(
        "conflict",
        `${login} has an account already. Nothing was done. For a forgotten password make a link that sets a new one.`,
        { errors: [{ path: "/login", message: "has an account already" }] },
      );
    await voidInvites(transaction, login);
    const link = await makeLink(transaction, { kind: "invite", role, login, displayName, createdBy: actor });
    await insertAuditEntry(transaction, {
      ...{ actor, action: "user.invite", objectKind: "link", objectId: link.id },
      after: { login, displayName, role, expiresAt: link.expiresAt },
    });
    return { ...link, login, role };
  });
}
