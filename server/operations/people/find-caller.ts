import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";
import { findSession } from "#server/store/sessions/find-session.ts";
import { touchSession } from "#server/store/sessions/touch-session.ts";
import { hashToken } from "../tokens/hash-token.ts";

/** A person who is signed in. */
export interface Caller {
  id: string;
  sessionId: string;
  /** The login name, as it is written into events and the audit trail. */
  login: string;
  displayName: string;
  role: Role;
}

const form = /^[A-Za-z0-9_-]{43}$/;

/**
 * Who holds a session, or null for a secret that is unknown, malformed, ended, expired or idle for `idleMs`, or of
 * somebody shut out. Looked up by hash and never cached, so that ending a session acts on the next request.
 */
export async function findCaller(db: Queryable, secret: string, idleMs: number): Promise<Caller | null> {
  if (!form.test(secret)) return null;
  const hash = hashToken(secret);
  const found = await findSession(db, hash, idleMs);
  if (found === null) return null;
  if (found.stale) await touchSession(db, hash);
  const { id: sessionId, userId: id, login, displayName, role } = found;
  return { id, sessionId, login, displayName, role };
}
