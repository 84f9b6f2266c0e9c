import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";
import { insertLink } from "#server/store/sign-in-links/insert-link.ts";
import type { LinkKind } from "#server/store/sign-in-links/link-record.ts";
import { randomSecret } from "#server/system/random.ts";
import { hashToken } from "../tokens/hash-token.ts";

const hourMs = 3_600_000;
/** How long each kind may be used. */
const livesMs: Record<LinkKind, number> = {
  "first-admin": 24 * hourMs,
  demo: 24 * hourMs,
  invite: 24 * hourMs,
  reset: hourMs,
};

/** A link that has just been made; its secret is shown this once. */
export interface MadeLink {
  id: string;
  kind: LinkKind;
  /** 256 random bits, of which only the SHA-256 is stored. */
  secret: string;
  expiresAt: Date;
}

/** Make a one-time link in the caller's transaction: 24 hours to make an account, one hour to set a new password. */
export async function makeLink(
  transaction: Queryable,
  link: {
    kind: LinkKind;
    role: Role;
    createdBy: string;
    login?: string;
    displayName?: string;
    userId?: string;
  },
): Promise<MadeLink> {
  const { kind, role, createdBy, login = null, displayName = null, userId = null } = link;
  const id = `lnk_${randomSecret(9)}`;
  const secret = randomSecret(32);
  const expiresAt = await insertLink(transaction, {
    ...{ id, hash: hashToken(secret), kind, role, login, displayName, userId, createdBy },
    lifeMs: livesMs[kind],
  });
  return { id, kind, secret, expiresAt };
}
