import type { Queryable } from "#db/client.ts";

const open = "used_at is null and voided_at is null";

/** Make every open link void that makes the first admin or opens the demo. */
export async function voidFirstLinks(transaction: Queryable): Promise<void> {
  await transaction.query({
    text: `update signalbox.sign_in_links set voided_at = clock_timestamp() where kind in ('first-admin', 'demo') and ${open}`,
  });
}

/** Make every open link void that invites this login name. */
export async function voidInvites(transaction: Queryable, login: string): Promise<void> {
  await transaction.query({
    text: `update signalbox.sign_in_links set voided_at = clock_timestamp() where kind = 'invite' and login = $1 and ${open}`,
    values: [login],
  });
}

/** Make every open link void that sets this person's password. */
export async function voidResets(transaction: Queryable, userId: string): Promise<void> {
  await transaction.query({
    text: `update signalbox.sign_in_links set voided_at = clock_timestamp() where user_id = $1 and ${open}`,
    values: [userId],
  });
}

/** Make one invitation void; the login name it was for, or null when it was open no more. */
export async function voidInvite(transaction: Queryable, id: string): Promise<string | null> {
  const { rows } = await transaction.query({
    text: `update signalbox.sign_in_links set voided_at = clock_timestamp() where id = $1 and kind = 'invite' and ${open} returning login`,
    values: [id],
  });
  return (rows[0] as { login: string } | undefined)?.login ?? null;
}
