import type { Queryable } from "#db/client.ts";
import type { AuditCheck } from "./audit-check.ts";

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const us = (column: string) => `(extract(epoch from ${column}) * 1000000)::float8`;

/** How far the chain has been checked. */
export async function findAuditCheck(db: Queryable): Promise<AuditCheck> {
  const { rows } = await db.query({
    name: "find-audit-check",
    text: `select seq::float8, hash, ${us("at")} as at_us, lap_seq::float8, lap_hash, ${us("lap_at")} as lap_us,
        ${ms("lap_ended_at")} as lap_ended, ${ms("checked_at")} as checked, fault,
        anchored_seq::float8, ${ms("anchored_at")} as anchored
      from signalbox.audit_checks`,
  });
  const row = rows[0] as {
    seq: number;
    hash: Buffer;
    at_us: number;
    lap_seq: number;
    lap_hash: Buffer;
    lap_us: number;
    lap_ended: number | null;
    checked: number | null;
    fault: AuditCheck["fault"];
    anchored_seq: number;
    anchored: number | null;
  };
  return {
    tail: { seq: row.seq, hash: row.hash, atUs: row.at_us },
    lap: { seq: row.lap_seq, hash: row.lap_hash, atUs: row.lap_us },
    lapEndedAtMs: row.lap_ended,
    checkedAtMs: row.checked,
    fault: row.fault,
    anchoredSeq: row.anchored_seq,
    anchoredAtMs: row.anchored,
  };
}
