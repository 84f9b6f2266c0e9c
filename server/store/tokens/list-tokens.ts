import type { TokenScope } from "#core/access/scope.ts";
import type { Queryable } from "#db/client.ts";

/** What is shown of a token. */
export interface TokenRecord {
  id: string;
  name: string;
  scope: TokenScope;
  prefix: string;
  createdAt: Date;
  createdBy: string;
  revokedAt: Date | null;
  /** Right to a minute. */
  lastUsedAt: Date | null;
}

/** All tokens, those in force first, then by age; at most 1,000. */
export async function listTokens(db: Queryable): Promise<TokenRecord[]> {
  const { rows } = await db.query({
    text: `select id, name, scope, prefix, created_at as "createdAt", created_by as "createdBy", revoked_at as "revokedAt",
        last_used_at as "lastUsedAt"
      from signalbox.tokens order by revoked_at is not null, created_at desc limit 1000`,
  });
  return rows as TokenRecord[];
}
