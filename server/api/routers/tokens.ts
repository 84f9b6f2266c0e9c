import { z } from "zod";
import { tokenScopes } from "#core/access/scope.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import { revokeToken } from "#server/operations/tokens/revoke-token.ts";
import { listTokens } from "#server/store/tokens/list-tokens.ts";
import { procedureFor, router } from "../trpc.ts";

/** Bearer tokens of the HTTP API. */
export const tokensRouter = router({
  /** Those in force first; at most 1,000. */
  list: procedureFor("admin").query(async ({ ctx }) => ({
    tokens: (await listTokens(ctx.db)).map((token) => ({
      ...{
        id: token.id,
        name: token.name,
        scope: token.scope,
        prefix: token.prefix,
        createdBy: token.createdBy,
      },
      createdAtMs: token.createdAt.getTime(),
      lastUsedAtMs: token.lastUsedAt?.getTime() ?? null,
      revokedAtMs: token.revokedAt?.getTime() ?? null,
    })),
  })),

  /** Makes a token; it is answered this once. */
  create: procedureFor("admin")
    .input(z.strictObject({ name: z.string().max(300), scope: z.enum(tokenScopes) }))
    .mutation(({ ctx, input }) => createToken(ctx.engine, { ...input, actor: ctx.actor.name })),

  /** Refuses a token from the next call on. */
  revoke: procedureFor("admin")
    .input(z.strictObject({ id: z.string().min(1).max(40) }))
    .mutation(({ ctx, input }) => revokeToken(ctx.engine, { id: input.id, actor: ctx.actor.name })),
});
