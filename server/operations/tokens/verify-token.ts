import { timingSafeEqual } from "node:crypto";
import type { TokenScope } from "#core/access/scope.ts";
import type { Queryable } from "#db/client.ts";
import { findToken, touchToken } from "#server/store/tokens/find-token.ts";
import { hashToken } from "./hash-token.ts";

/** Who a bearer token speaks for. */
export interface TokenHolder {
  id: string;
  name: string;
  scope: TokenScope;
}

const form = /^sbx_(producer|worker|operator)_[A-Za-z0-9_-]{43}$/;

/**
 * The holder of a token, or null for one that is unknown, malformed or revoked. Looked up by hash, so the time it
 * takes says nothing of any token; never cached, so revoking acts on the next call.
 */
export async function verifyToken(db: Queryable, token: string): Promise<TokenHolder | null> {
  if (!form.test(token)) return null;
  const hash = hashToken(token);
  const found = await findToken(db, hash);
  if (found === null || !timingSafeEqual(found.hash, hash)) return null;
  if (found.stale) await touchToken(db, found.id);
  return { id: found.id, name: found.name, scope: found.scope };
}
