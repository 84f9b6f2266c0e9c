import { z } from "zod";
import { passwordLength } from "#core/access/password.ts";
import { SignalboxError } from "#core/error.ts";
import { acceptInvite } from "#server/operations/people/accept-invite.ts";
import { changePassword } from "#server/operations/people/change-password.ts";
import { createFirstAdmin } from "#server/operations/people/create-first-admin.ts";
import { openDemo } from "#server/operations/people/open-demo.ts";
import { readLink } from "#server/operations/people/read-link.ts";
import { resetPassword } from "#server/operations/people/reset-password.ts";
import { revokeSessions } from "#server/operations/people/revoke-sessions.ts";
import { signIn } from "#server/operations/people/sign-in.ts";
import { signOut } from "#server/operations/people/sign-out.ts";
import type { SessionView } from "../session-view.ts";
import { procedureFor, publicProcedure, router } from "../trpc.ts";

/** As long as any password may be and its accents take, so that a guess costs little more than a right one. */
const password = z.string().max(passwordLength.most * 4);
const text = z.string().max(300);
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "the link is not whole: open it as it was given");

/** Coming in and going out, and one's own account. */
export const sessionRouter = router({
  /** Who asks. */
  me: procedureFor("viewer").query(({ ctx }): SessionView => {
    const { actor } = ctx;
    const { name, role, kind } = actor;
    return { name, displayName: actor.kind === "user" ? actor.displayName : name, role, kind };
  }),

  /** Begins a session, and ends the one this browser had. */
  signIn: publicProcedure
    .input(z.strictObject({ login: text, password }))
    .mutation(async ({ ctx, input }) => {
      const { client, times, secret: before } = ctx.door;
      const begun = await signIn(ctx.engine, { ...input, client, times });
      if (before !== null) await signOut(ctx.engine, before);
      ctx.door.keep(begun);
    }),

  /** Ends the session of this browser; one that has ended already is as well. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.door.secret !== null) await signOut(ctx.engine, ctx.door.secret);
    ctx.door.keep(null);
  }),

  /** What a one-time link is for. */
  link: publicProcedure
    .input(z.strictObject({ secret }))
    .query(({ ctx, input }) => readLink(ctx.db, input.secret)),

  /** Uses a one-time link up and signs its holder in. What a kind of link settles itself is not taken from here. */
  acceptLink: publicProcedure
    .input(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("first-admin"), secret, login: text, displayName: text, password }),
        z.strictObject({ kind: z.literal("invite"), secret, displayName: text, password }),
        z.strictObject({ kind: z.literal("reset"), secret, password }),
        z.strictObject({ kind: z.literal("demo"), secret }),
      ]),
    )
    .mutation(async ({ ctx, input }) => {
      const { engine } = ctx;
      const { client, times, secret: before } = ctx.door;
      const begin = () => {
        switch (input.kind) {
          case "first-admin":
            return createFirstAdmin(engine, { ...input, client, times });
          case "invite":
            return acceptInvite(engine, { ...input, client, times });
          case "reset":
            return resetPassword(engine, { ...input, client, times });
          case "demo":
            return openDemo(engine, { ...input, client, times });
        }
      };
      const begun = await begin();
      if (before !== null) await signOut(engine, before);
      ctx.door.keep(begun);
    }),

  /** Changes one's own password; every other browser is signed out. */
  changePassword: procedureFor("viewer")
    .input(z.strictObject({ current: password, next: password }))
    .mutation(async ({ ctx, input }) => {
      const { client, times } = ctx.door;
      const begun = await changePassword(ctx.engine, { login: ctx.actor.name, ...input, client, times });
      ctx.door.keep(begun);
    }),

  /** Ends one's own sessions in every browser, this one too. */
  signOutEverywhere: procedureFor("viewer").mutation(async ({ ctx }) => {
    const { actor } = ctx;
    if (actor.kind !== "user")
      throw new SignalboxError("invalid_state", "Nobody is signed in. Nothing was done.");
    const ended = await revokeSessions(ctx.engine, { userId: actor.id, actor: actor.name });
    ctx.door.keep(null);
    return { ended };
  }),
});
