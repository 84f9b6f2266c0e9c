import type { TokenScope } from "#core/access/scope.ts";
import type { Queryable } from "#db/client.ts";

export interface NewToken {
  id: string;
  name: string;
  scope: TokenScope;
  /** SHA-256 of the token. */
  hash: Uint8Array;
  /** Its first characters, to know it by. */
  prefix: string;
  createdBy: string;
}

/** Keep a token's hash; the token itself is never stored. */
export async function insertToken(transaction: Queryable, token: NewToken): Promise<void> {
  await transaction.query({
    text: "insert into signalbox.tokens (id, name, scope, hash, prefix, created_by) values ($1, $2, $3, $4, $5, $6)",
    values: [token.id, token.name, token.scope, token.hash, token.prefix, token.createdBy],
  });
}
