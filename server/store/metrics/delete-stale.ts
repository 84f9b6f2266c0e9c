import type { Queryable } from "#db/client.ts";

/** Rows that nothing asks for any more, each statement bounded by `$1` rows. */
const statements = [
  `delete from signalbox.receipts where ctid = any(array(
     select ctid from signalbox.receipts where expires_at < clock_timestamp() order by expires_at limit $1))`,
  `delete from signalbox.cancel_requests where ctid = any(array(
     select r.ctid from signalbox.cancel_requests r join signalbox.completed c on c.id = r.job_id limit $1))`,
  `delete from signalbox.checkpoints where ctid = any(array(
     select k.ctid from signalbox.checkpoints k join signalbox.completed c on c.id = k.job_id limit $1))`,
  `delete from signalbox.workers where ctid = any(array(
     select ctid from signalbox.workers where ended_at < clock_timestamp() - interval '7 days' limit $1))`,
  `delete from signalbox.leases where ctid = any(array(
     select l.ctid from signalbox.leases l where l.until_ms < signalbox.now_ms() and cardinality(l.fenced) = cardinality(l.ids) limit $1))`,
  `delete from signalbox.webhook_deliveries where id = any(array(
     select id from signalbox.webhook_deliveries where ended_at_ms < (select signalbox.now_ms()) - 1209600000 order by ended_at_ms limit $1))`,
  `delete from signalbox.alerts where id = any(array(
     select id from signalbox.alerts where cleared_at_ms is not null order by id limit $1))
     and cleared_at_ms < (select signalbox.now_ms()) - 7776000000`,
  `delete from signalbox.alert_silences where id = any(array(
     select id from signalbox.alert_silences where until_ms < (select signalbox.now_ms()) - 7776000000 limit $1))`,
];

/**
 * Delete up to `limit` stale rows of each kind: ended receipts, answered cancel requests, old workers, past alerts and
 * what webhooks were told. Returns whether there may be more of one.
 */
export async function deleteStale(transaction: Queryable, limit: number): Promise<boolean> {
  let more = false;
  for (const text of statements) {
    const { rowCount } = await transaction.query({ text, values: [limit] });
    if ((rowCount ?? 0) >= limit) more = true;
  }
  return more;
}
