import type { Queryable } from "#db/client.ts";

export interface NewSession {
  id: string;
  /** SHA-256 of what the browser holds. */
  hash: Uint8Array;
  userId: string;
  /** Longest life, ms. */
  maxMs: number;
  address: string;
  agent: string;
}

/** Begin a session; it ends `maxMs` from now at the latest. */
export async function insertSession(transaction: Queryable, session: NewSession): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.sessions (id, hash, user_id, expires_at, address, agent)
      values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond', $5, $6)`,
    values: [session.id, session.hash, session.userId, session.maxMs, session.address, session.agent],
  });
}
