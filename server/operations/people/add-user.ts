import type { Role } from "#core/access/role.ts";
import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { insertUser } from "#server/store/people/insert-user.ts";
import { randomSecret } from "#server/system/random.ts";

/** Add a person in the caller's transaction, with the audit entry. Throws `conflict` when the login name is taken. */
export async function addUser(
  transaction: Queryable,
  user: {
    login: string;
    displayName: string;
    role: Role;
    passwordHash: string;
    /** Who did it. */
    by: string;
    /** The link that allowed it. */
    link: string;
  },
): Promise<{ id: string; login: string }> {
  const { login, displayName, role, passwordHash, by, link } = user;
  const id = `usr_${randomSecret(9)}`;
  if (!(await insertUser(transaction, { id, login, displayName, role, passwordHash, createdBy: by })))
    throw new SignalboxError(
      "conflict",
      `${login} has an account already. Nothing was done. Sign in with it.`,
      {
        errors: [{ path: "/login", message: "is taken" }],
      },
    );
  await insertAuditEntry(transaction, {
    ...{ actor: by, action: "user.create", objectKind: "user", objectId: id },
    after: { login, displayName, role, link },
  });
  return { id, login };
}
