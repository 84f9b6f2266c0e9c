import { initTRPC } from "@trpc/server";
import { SignalboxError } from "#core/error.ts";
import type { ApiContext } from "./context.ts";
import { describeApiError } from "./describe-api-error.ts";
import { type Role, roleCovers } from "./role.ts";
import { toTrpcError } from "./to-trpc-error.ts";

/** What every procedure says of itself: the least role that may call it. */
export interface ProcedureMeta {
  role: Role;
}

const trpc = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const described = describeApiError(error);
      if (described.code === "internal") ctx?.onError(error.cause ?? error);
      return {
        ...shape,
        message: described.message,
        data: { ...shape.data, stack: undefined, ...described },
      };
    },
    sse: { ping: { enabled: true, intervalMs: 3_000 }, client: { reconnectAfterInactivityMs: 8_000 } },
  });

export const { router, createCallerFactory } = trpc;

/** The start of every procedure: refuses callers whose role does not cover `role`, and tells errors in the closed set. */
export function procedureFor(role: Role) {
  return trpc.procedure.meta({ role }).use(async ({ ctx, next }) => {
    if (!roleCovers(ctx.actor.role, role)) {
      throw toTrpcError(
        new SignalboxError(
          "forbidden",
          `This needs the role ${role}; ${ctx.actor.name} has ${ctx.actor.role}. Nothing was done.`,
        ),
      );
    }
    const result = await next();
    // Only what a procedure threw is explained; a refused input already says what it is.
    const failed = !result.ok && result.error.code === "INTERNAL_SERVER_ERROR" && result.error.cause;
    if (failed) throw toTrpcError(failed);
    return result;
  });
}
