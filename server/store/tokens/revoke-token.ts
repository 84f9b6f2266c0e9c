import type { Queryable } from "#db/client.ts";

/** Revoke a token: `revoked`, `already` when it was before, `missing` when there is none of that id. */
export async function revokeToken(
  transaction: Queryable,
  id: string,
): Promise<"revoked" | "already" | "missing"> {
  const { rows } = await transaction.query({
    text: `with before as (select revoked_at from signalbox.tokens where id = $1 for update),
      revoked as (update signalbox.tokens set revoked_at = clock_timestamp() where id = $1 and revoked_at is null returning id)
      select case when exists (select from revoked) then 'revoked' when exists (select from before) then 'already' else 'missing' end as outcome`,
    values: [id],
  });
  return (rows[0] as { outcome: "revoked" | "already" | "missing" }).outcome;
}
