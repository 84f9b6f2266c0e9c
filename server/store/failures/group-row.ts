import type { FailureGroupState, Ignoring, Resolution } from "#core/failure-group/failure-group-state.ts";

/** A failure group as it stands, without its sample. Instants are ms since 1970. */
export interface GroupRow {
  fingerprint: string;
  class: string;
  origin: string;
  name: string;
  code: string | null;
  message: string;
  dependency: string | null;
  ruleId: string | null;
  ruleName: string | null;
  sampleJobId: string;
  sampleAttempt: number;
  sampleAtMs: number;
  attempts: number;
  deaths: number;
  firstSeenMs: number;
  lastSeenMs: number;
  firstLane: number;
  firstVersion: number;
  lastLane: number;
  lastVersion: number;
  lanes: number[];
  state: FailureGroupState;
  stateAtMs: number | null;
  stateActor: string | null;
  stateReason: string | null;
  attemptsAtState: number | null;
  resolvedDefinition: string | null;
  resolvedVersion: number | null;
  ignoredUntilMs: number | null;
  ignoredMore: number | null;
  ignoredPerMinute: number | null;
}

/** The columns of a {@link GroupRow} of the table `g`. */
export const groupColumns = `g.fingerprint, g.class, g.origin, g.name, g.code, g.message, g.dependency, g.rule_id as "ruleId",
  g.rule_name as "ruleName", g.sample_job_id as "sampleJobId", g.sample_attempt as "sampleAttempt",
  g.sample_at_ms::float8 as "sampleAtMs", g.attempts::float8 as attempts, g.deaths::float8 as deaths,
  g.first_seen_ms::float8 as "firstSeenMs", g.last_seen_ms::float8 as "lastSeenMs", g.first_lane as "firstLane",
  g.first_version as "firstVersion", g.last_lane as "lastLane", g.last_version as "lastVersion", g.lanes, g.state,
  g.state_at_ms::float8 as "stateAtMs", g.state_actor as "stateActor", g.state_reason as "stateReason",
  g.attempts_at_state::float8 as "attemptsAtState", g.resolved_definition as "resolvedDefinition",
  g.resolved_version as "resolvedVersion", g.ignored_until_ms::float8 as "ignoredUntilMs",
  g.ignored_more::float8 as "ignoredMore", g.ignored_per_minute as "ignoredPerMinute"`;

/** What an operator said of the group; null while it is open. */
export function standingOf(row: GroupRow): Resolution | Ignoring | null {
  const atMs = row.stateAtMs ?? 0;
  if (row.state === "resolved")
    return {
      state: "resolved",
      atMs,
      inVersion:
        row.resolvedDefinition !== null && row.resolvedVersion !== null
          ? { definition: row.resolvedDefinition, version: row.resolvedVersion }
          : null,
    };
  if (row.state === "open") return null;
  const attemptsThen = row.attemptsAtState ?? 0;
  const ignoring = { state: "ignored", atMs, attemptsThen } as const;
  if (row.ignoredMore !== null) return { ...ignoring, bound: { kind: "count", more: row.ignoredMore } };
  if (row.ignoredPerMinute !== null)
    return { ...ignoring, bound: { kind: "rate", perMinute: row.ignoredPerMinute } };
  return { ...ignoring, bound: { kind: "time", untilMs: row.ignoredUntilMs ?? 0 } };
}
