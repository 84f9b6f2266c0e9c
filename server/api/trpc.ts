import { initTRPC } from "@trpc/server";
import { type Role, roleCovers, roles } from "#core/access/role.ts";
import { checkJson } from "#core/definition/check-json.ts";
import { SignalboxError } from "#core/error.ts";
import type { RequestContext } from "./context.ts";
import { describeApiError } from "./describe-api-error.ts";
import { toTrpcError } from "./to-trpc-error.ts";

/** What every procedure says of itself: the least role that may call it; `public` only where people come in. */
export interface ProcedureMeta {
  role: Role | "public";
}

const trpc = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
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

const procedure = trpc.procedure.use(async ({ next }) => {
  const result = await next();
  // Only what a procedure threw is explained; a refused input already says what it is.
  const failed = !result.ok && result.error.code === "INTERNAL_SERVER_ERROR" && result.error.cause;
  if (failed) throw toTrpcError(failed);
  return result;
});

/** No input may hold text that the database cannot keep, or nest without end: told with the place, as by the HTTP API. */
const soundInput = trpc.middleware(async ({ getRawInput, next }) => {
  checkJson(await getRawInput(), { texts: true });
  return next();
});

/**
 * The start of every procedure: refuses who is not signed in and whose role does not cover `role`, before the input is
 * looked at, and tells errors in the closed set. This is the check that counts; whatever comes before it, redirects of
 * pages too, is convenience. Throws at once for a role that there is not.
 */
export function procedureFor(role: Role) {
  if (!roles.includes(role))
    throw new Error(`a procedure asks for the role ${String(role)}, which does not exist`);
  return procedure
    .meta({ role })
    .use(({ ctx, next }) => {
      const { actor } = ctx;
      if (actor === null)
        throw toTrpcError(
          new SignalboxError(
            "unauthenticated",
            "You are not signed in, so nothing was done. Sign in and try again.",
          ),
        );
      if (!roleCovers(actor.role, role))
        throw toTrpcError(
          new SignalboxError(
            "forbidden",
            `This needs the role ${role}; ${actor.name} has ${actor.role}. Nothing was done.`,
          ),
        );
      return next({ ctx: { actor } });
    })
    .use(soundInput);
}

/** The start of the few procedures by which people come in and go out: anybody may call them. */
export const publicProcedure = procedure.meta({ role: "public" }).use(soundInput);
