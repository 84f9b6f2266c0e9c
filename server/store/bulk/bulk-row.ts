import type { BulkAct } from "#core/bulk/bulk-action.ts";
import type { BulkGuard } from "#core/bulk/bulk-guard.ts";
import type { BulkState } from "#core/bulk/bulk-state.ts";
import type { BulkHalt, BulkVerdict } from "#core/bulk/judge-jobs.ts";
import type { JobFilter } from "#core/query/job-filter.ts";

/** A bulk operation as it is stored. Instants are ms since 1970. */
export interface BulkRow {
  id: string;
  act: BulkAct;
  filter: JobFilter | null;
  /** The operation whose jobs it takes back. */
  takesBack: string | null;
  reason: string | null;
  actor: string;
  state: BulkState;
  freezeCursor: string | null;
  /** The count somebody typed; null when none was asked for. */
  confirmed: number | null;
  matched: number;
  taken: number;
  done: number;
  failed: number;
  skipped: number;
  guard: BulkGuard;
  guardFrom: number;
  canaryPassed: boolean;
  ramped: number;
  rampMs: number;
  tickedAtMs: number | null;
  verdict: BulkVerdict | null;
  /** Why it stopped by itself or was ended; null while it goes on. */
  halt: BulkHalt | { kind: "too-many"; because: string } | null;
  createdAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
}

const ms = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

/** The columns of {@link BulkRow}. */
export const bulkColumns = `id, jsonb_build_object('action', action) || params as act, filter, takes_back as "takesBack", reason,
  actor, state, freeze_cursor as "freezeCursor", confirmed, matched, taken, done, failed, skipped, guard,
  guard_from as "guardFrom", canary_passed as "canaryPassed", ramped, ramp_ms as "rampMs",
  ticked_at_ms::float8 as "tickedAtMs", verdict, halt, ${ms("created_at", "createdAtMs")},
  ${ms("started_at", "startedAtMs")}, ${ms("finished_at", "finishedAtMs")}`;
