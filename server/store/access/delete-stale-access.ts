import type { Queryable } from "#db/client.ts";

/** What no decision asks for any more, each statement bounded by `$1` rows. */
const statements = [
  `delete from signalbox.sessions where ctid = any(array(
     select ctid from signalbox.sessions where expires_at < clock_timestamp() limit $1))`,
  `delete from signalbox.sign_in_failures where ctid = any(array(
     select ctid from signalbox.sign_in_failures where at < clock_timestamp() - interval '1 hour' order by at limit $1))`,
  `delete from signalbox.sign_in_links where ctid = any(array(
     select ctid from signalbox.sign_in_links where expires_at < clock_timestamp() - interval '30 days' limit $1))`,
];

/** Delete up to `limit` each of ended sessions, old failures and links expired 30 days ago; whether there may be more. */
export async function deleteStaleAccess(transaction: Queryable, limit: number): Promise<boolean> {
  let more = false;
  for (const text of statements) {
    const { rowCount } = await transaction.query({ text, values: [limit] });
    if ((rowCount ?? 0) >= limit) more = true;
  }
  return more;
}
