import type { Role } from "#core/access/role.ts";

/**
 * What a one-time link is for: `first-admin` makes the first person; `demo` lets the holder in as the demo's admin;
 * `invite` lets the named person in; `reset` sets a new password for `userId`.
 */
export type LinkKind = "first-admin" | "demo" | "invite" | "reset";

export interface LinkRecord {
  id: string;
  kind: LinkKind;
  login: string | null;
  displayName: string | null;
  role: Role;
  userId: string | null;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** The columns of {@link LinkRecord}, for `select` from `signalbox.sign_in_links l`. */
export const linkColumns = `l.id, l.kind, l.login, l.display_name as "displayName", l.role, l.user_id as "userId",
  l.created_by as "createdBy", l.created_at as "createdAt", l.expires_at as "expiresAt"`;
