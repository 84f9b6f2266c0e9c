import type { IncomingMessage } from "node:http";
import { type Permission, scopeAllows } from "#core/access/scope.ts";
import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { type TokenHolder, verifyToken } from "#server/operations/tokens/verify-token.ts";

/** Who calls, if they may do it. Throws `unauthenticated` without a live token, `forbidden` for another scope. */
export async function authorise(
  db: Queryable,
  request: IncomingMessage,
  permission: Permission,
): Promise<TokenHolder> {
  const { authorization } = request.headers;
  if (authorization === undefined)
    throw new SignalboxError(
      "unauthenticated",
      "this call needs a token: send Authorization: Bearer <token>; signalbox token create makes one",
    );
  const [, token] = /^Bearer +([\x21-\x7e]{1,200}) *$/i.exec(authorization) ?? [];
  const holder = token === undefined ? null : await verifyToken(db, token);
  if (holder === null)
    throw new SignalboxError(
      "unauthenticated",
      "the token is unknown or revoked: signalbox token create makes a new one",
    );
  if (!scopeAllows(holder.scope, permission))
    throw new SignalboxError(
      "forbidden",
      `a token of scope ${holder.scope} may not do this (${permission}): use one of another scope`,
    );
  return holder;
}
