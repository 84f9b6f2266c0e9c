import type { Queryable } from "#db/client.ts";

/** Whether a receipt that still holds names a job submitted on a day: whoever asks by its key is sent to that job. */
export async function hasValidReceipts(db: Queryable, day: string): Promise<boolean> {
  const { rows } = await db.query({
    text: `select exists (select from signalbox.receipts where expires_at > clock_timestamp()
      and job_id >= signalbox.first_id_at((extract(epoch from $1::date::timestamp) * 1000)::bigint)
      and job_id < signalbox.first_id_at((extract(epoch from ($1::date + 1)::timestamp) * 1000)::bigint)) as valid`,
    values: [day],
  });
  return (rows[0] as { valid: boolean }).valid;
}
