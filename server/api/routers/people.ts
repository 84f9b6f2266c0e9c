import { z } from "zod";
import { roles } from "#core/access/role.ts";
import { inviteUser } from "#server/operations/people/invite-user.ts";
import { makeResetLink } from "#server/operations/people/make-reset-link.ts";
import { revokeSessions } from "#server/operations/people/revoke-sessions.ts";
import { setDisabled } from "#server/operations/people/set-disabled.ts";
import { setRole } from "#server/operations/people/set-role.ts";
import { withdrawInvite } from "#server/operations/people/withdraw-invite.ts";
import { listUsers, userPage } from "#server/store/people/list-users.ts";
import { listInvites } from "#server/store/sign-in-links/list-invites.ts";
import { reasonInput } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const id = z.string().min(1).max(40);
const role = z.enum(roles);

/** Who may sign in, and as what. */
export const peopleRouter = router({
  /** People by login name, a page at a time, with the invitations that are open. */
  list: procedureFor("admin")
    .input(z.strictObject({ after: z.string().max(200).nullish() }))
    .query(async ({ ctx, input }) => {
      const [found, invites] = await Promise.all([
        listUsers(ctx.db, input.after ?? null),
        listInvites(ctx.db),
      ]);
      const people = found.slice(0, userPage).map((user) => ({
        ...{ id: user.id, login: user.login, displayName: user.displayName, role: user.role },
        disabledAtMs: user.disabledAt?.getTime() ?? null,
        createdAtMs: user.createdAt.getTime(),
        lastSeenAtMs: user.lastSeenAt?.getTime() ?? null,
        sessions: user.sessions,
      }));
      return {
        people,
        next: found.length > userPage ? (people.at(-1)?.login ?? null) : null,
        invites: invites.map((link) => ({
          ...{ id: link.id, login: link.login, role: link.role, createdBy: link.createdBy },
          expiresAtMs: link.expiresAt.getTime(),
        })),
      };
    }),

  /** Makes an invitation; its link is answered this once. */
  invite: procedureFor("admin")
    .input(z.strictObject({ login: z.string().max(300), displayName: z.string().max(300).optional(), role }))
    .mutation(async ({ ctx, input }) => {
      const link = await inviteUser(ctx.engine, { ...input, actor: ctx.actor.name });
      return { url: `${ctx.door.publicUrl}/invite/${link.secret}`, expiresAtMs: link.expiresAt.getTime() };
    }),

  withdrawInvite: procedureFor("admin")
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => withdrawInvite(ctx.engine, { id: input.id, actor: ctx.actor.name })),

  /** Makes a link that sets a new password; it is answered this once. */
  resetLink: procedureFor("admin")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => {
      const link = await makeResetLink(ctx.engine, { userId: input.id, actor: ctx.actor.name });
      return { url: `${ctx.door.publicUrl}/invite/${link.secret}`, expiresAtMs: link.expiresAt.getTime() };
    }),

  /** Gives another role; the person is signed out everywhere. */
  setRole: procedureFor("admin")
    .input(z.strictObject({ id, role }))
    .mutation(({ ctx, input }) =>
      setRole(ctx.engine, { userId: input.id, role: input.role, actor: ctx.actor.name }),
    ),

  /** Shuts a person out, at once, or lets them in again. */
  setDisabled: procedureFor("admin")
    .input(z.strictObject({ id, disabled: z.boolean(), reason: reasonInput }))
    .mutation(({ ctx, input }) =>
      setDisabled(ctx.engine, {
        ...{ userId: input.id, disabled: input.disabled, reason: input.reason },
        actor: ctx.actor.name,
      }),
    ),

  /** Signs a person out in every browser. */
  signOut: procedureFor("admin")
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }) => ({
      ended: await revokeSessions(ctx.engine, { userId: input.id, actor: ctx.actor.name }),
    })),
});
