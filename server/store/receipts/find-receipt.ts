import type { Queryable } from "#db/client.ts";

export interface ReceiptRecord {
  jobId: string;
  expiresAt: Date;
}

/** The live receipt of an idempotency key, by the definition's name; null when there is none or it has expired. */
export async function findReceipt(
  db: Queryable,
  definition: string,
  key: string,
): Promise<ReceiptRecord | null> {
  const { rows } = await db.query({
    text: `select r.job_id as "jobId", r.expires_at as "expiresAt" from signalbox.receipts r
      join signalbox.definitions d on d.id = r.definition_id
      where d.name = $1 and r.key = $2 and r.expires_at > clock_timestamp()`,
    values: [definition, key],
  });
  return (rows[0] as ReceiptRecord | undefined) ?? null;
}
