import type { TokenScope } from "#core/access/scope.ts";
import type { Queryable } from "#db/client.ts";

export interface LiveToken {
  id: string;
  name: string;
  scope: TokenScope;
  hash: Uint8Array;
  /** Its last use is unknown or more than a minute ago. */
  stale: boolean;
}

/** The token of this hash, unless it was revoked. Asked anew for every call, so that revoking acts on the next one. */
export async function findToken(db: Queryable, hash: Uint8Array): Promise<LiveToken | null> {
  const { rows } = await db.query({
    name: "find-token",
    text: `select id, name, scope, hash, last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute' as stale
      from signalbox.tokens where hash = $1 and revoked_at is null`,
    values: [hash],
  });
  return (rows[0] as LiveToken | undefined) ?? null;
}

/** Note that a token is in use, at most once a minute. */
export async function touchToken(db: Queryable, id: string): Promise<void> {
  await db.query({
    text: `update signalbox.tokens set last_used_at = clock_timestamp()
      where id = $1 and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`,
    values: [id],
  });
}
