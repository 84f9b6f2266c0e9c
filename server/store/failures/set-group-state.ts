import type { IgnoreBound } from "#core/failure-group/failure-group-state.ts";
import type { Queryable } from "#db/client.ts";

/** Where a group is put, by whom and why. */
export type NewGroupState = { actor: string; reason: string | null; atMs: number } & (
  | { state: "open" }
  | { state: "resolved"; inVersion: { definition: string; version: number } | null }
  | { state: "ignored"; bound: IgnoreBound }
);

/** Write a group's state; the caller holds its row. */
export async function setGroupState(
  transaction: Queryable,
  fingerprint: string,
  next: NewGroupState,
): Promise<void> {
  const inVersion = next.state === "resolved" ? next.inVersion : null;
  const bound = next.state === "ignored" ? next.bound : null;
  await transaction.query({
    text: `update signalbox.failure_groups set state = $2, state_at_ms = $3, state_actor = $4, state_reason = $5,
        attempts_at_state = attempts, resolved_definition = $6, resolved_version = $7, ignored_until_ms = $8,
        ignored_more = $9, ignored_per_minute = $10
      where fingerprint = $1`,
    values: [
      fingerprint,
      next.state,
      next.atMs,
      next.actor,
      next.reason,
      inVersion?.definition ?? null,
      inVersion?.version ?? null,
      bound?.kind === "time" ? bound.untilMs : null,
      bound?.kind === "count" ? bound.more : null,
      bound?.kind === "rate" ? bound.perMinute : null,
    ],
  });
}
