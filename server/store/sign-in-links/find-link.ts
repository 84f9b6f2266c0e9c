import type { Queryable } from "#db/client.ts";
import { type LinkRecord, linkColumns } from "./link-record.ts";

export interface FoundLink extends LinkRecord {
  state: "open" | "used" | "void" | "expired";
}

/** The link of this hash and whether it can still be used; null when there never was one. */
export async function findLink(db: Queryable, hash: Uint8Array): Promise<FoundLink | null> {
  const { rows } = await db.query({
    name: "find-sign-in-link",
    text: `select ${linkColumns}, case when l.used_at is not null then 'used' when l.voided_at is not null then 'void'
        when l.expires_at <= clock_timestamp() then 'expired' else 'open' end as state
      from signalbox.sign_in_links l where l.hash = $1`,
    values: [hash],
  });
  return (rows[0] as FoundLink | undefined) ?? null;
}
