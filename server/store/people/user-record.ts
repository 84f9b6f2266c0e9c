import type { Role } from "#core/access/role.ts";

/** A person as the rest of the program sees one; the password's hash is only in {@link ./find-user.ts}. */
export interface UserRecord {
  id: string;
  login: string;
  displayName: string;
  role: Role;
  createdAt: Date;
  createdBy: string;
  /** When they were shut out; null for who may sign in. */
  disabledAt: Date | null;
  /** Right to a minute. */
  lastSeenAt: Date | null;
}

/** The columns of {@link UserRecord}, for `select` from `signalbox.users u`. */
export const userColumns = `u.id, u.login, u.display_name as "displayName", u.role, u.created_at as "createdAt",
  u.created_by as "createdBy", u.disabled_at as "disabledAt", u.last_seen_at as "lastSeenAt"`;
