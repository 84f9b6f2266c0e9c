import type { Queryable } from "#db/client.ts";
import { type LinkRecord, linkColumns } from "./link-record.ts";

/** Use a link up and return it; null when it cannot be used, or another transaction was first. */
export async function useLink(transaction: Queryable, hash: Uint8Array): Promise<LinkRecord | null> {
  const { rows } = await transaction.query({
    text: `update signalbox.sign_in_links l set used_at = clock_timestamp()
      where l.hash = $1 and l.used_at is null and l.voided_at is null and l.expires_at > clock_timestamp()
      returning ${linkColumns}`,
    values: [hash],
  });
  return (rows[0] as LinkRecord | undefined) ?? null;
}
