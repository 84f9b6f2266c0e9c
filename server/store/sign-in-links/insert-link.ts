import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";
import type { LinkKind } from "./link-record.ts";

export interface NewLink {
  id: string;
  /** SHA-256 of its secret. */
  hash: Uint8Array;
  kind: LinkKind;
  login: string | null;
  displayName: string | null;
  role: Role;
  /** Of a `reset`: whose password. */
  userId: string | null;
  /** How long it may be used, ms. */
  lifeMs: number;
  createdBy: string;
}

/** Keep a link; returns when it expires. */
export async function insertLink(transaction: Queryable, link: NewLink): Promise<Date> {
  const { rows } = await transaction.query({
    text: `insert into signalbox.sign_in_links (id, hash, kind, login, display_name, role, user_id, created_by, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + $9 * interval '1 millisecond')
      returning expires_at as "expiresAt"`,
    values: [
      link.id,
      link.hash,
      link.kind,
      link.login,
      link.displayName,
      link.role,
      link.userId,
      link.createdBy,
      link.lifeMs,
    ],
  });
  return (rows[0] as { expiresAt: Date }).expiresAt;
}
