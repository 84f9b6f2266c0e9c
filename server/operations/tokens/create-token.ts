import { z } from "zod";
import { type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { storableText } from "#core/definition/storable-text.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { insertToken } from "#server/store/tokens/insert-token.ts";
import { randomSecret } from "#server/system/random.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "./hash-token.ts";

/** A name of 1…100 characters to know the token by, and what it may do. */
export const createTokenSchema = z.strictObject({ name: storableText(1, 100), scope: z.enum(tokenScopes) });

export interface CreatedToken {
  id: string;
  name: string;
  scope: TokenScope;
  /** The only time it can be seen. */
  token: string;
}

/** Random characters of a token that are kept to know it by. */
const shownCharacters = 6;

/** Make a bearer token: `sbx_<scope>_` and 256 random bits. Only its SHA-256 is kept. Throws `validation`. */
export async function createToken(
  engine: Pick<Engine, "pool">,
  request: { name: string; scope: string; actor: string },
): Promise<CreatedToken> {
  const parsed = createTokenSchema.safeParse({ name: request.name, scope: request.scope });
  if (!parsed.success) throw validationError(parsed.error, "the token");
  const { name, scope } = parsed.data;
  const id = `tok_${randomSecret(9)}`;
  const lead = `sbx_${scope}_`;
  const token = lead + randomSecret(32);
  const prefix = token.slice(0, lead.length + shownCharacters);
  await inTransaction(engine.pool, async (transaction) => {
    await insertToken(transaction, {
      id,
      name,
      scope,
      hash: hashToken(token),
      prefix,
      createdBy: request.actor,
    });
    const trail = { actor: request.actor, action: "token.create", objectKind: "token", objectId: id };
    await insertAuditEntry(transaction, { ...trail, after: { name, scope, prefix } });
  });
  return { id, name, scope, token };
}
