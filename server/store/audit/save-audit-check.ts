import type { Queryable } from "#db/client.ts";
import type { AuditCheck } from "./audit-check.ts";

/** Keep how far the chain has been checked; the times of the check and of the anchor are the database's. */
export async function saveAuditCheck(
  transaction: Queryable,
  check: Pick<AuditCheck, "tail" | "lap" | "fault"> & { lapEnded: boolean; anchoredSeq: number | null },
): Promise<void> {
  const { tail, lap, fault, lapEnded, anchoredSeq } = check;
  const instant = (parameter: string) => `case when ${parameter}::float8 = '-infinity' then '-infinity'
    else timestamptz 'epoch' + make_interval(secs => 0) + ${parameter}::float8 * interval '1 microsecond' end`;
  await transaction.query({
    text: `update signalbox.audit_checks set seq = $1, hash = $2, at = ${instant("$3")},
        lap_seq = $4, lap_hash = $5, lap_at = ${instant("$6")}, fault = $7, checked_at = clock_timestamp(),
        lap_ended_at = case when $8 then clock_timestamp() else lap_ended_at end,
        anchored_at = case when $9::bigint is null then anchored_at else clock_timestamp() end,
        anchored_seq = coalesce($9::bigint, anchored_seq)`,
    values: [
      ...[tail.seq, tail.hash, String(tail.atUs), lap.seq, lap.hash, String(lap.atUs)],
      ...[fault === null ? null : JSON.stringify(fault), lapEnded, anchoredSeq],
    ],
  });
}
