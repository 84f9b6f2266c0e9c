import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { lockAdmins } from "#server/store/people/lock-admins.ts";

/**
 * Locks the admins and throws `invalid_state` when this person is the only one: without an admin nobody could let
 * anybody in. Two admins who shut each other out at once take turns here, so that one of them stays.
 */
export async function keepAnAdmin(transaction: Queryable, userId: string): Promise<void> {
  const admins = await lockAdmins(transaction);
  if (admins.length === 1 && admins[0] === userId)
    throw new SignalboxError(
      "invalid_state",
      "This is the only admin, and without one nobody could let anybody in. Nothing was done. Make somebody else an admin first.",
    );
}
