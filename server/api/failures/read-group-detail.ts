import type { FailureClass } from "#core/failure/failure-class.ts";
import { allBuiltInRules } from "#core/failure/rules/all-built-in-rules.ts";
import { cutWindow, type FailureWindow } from "#core/failure-group/failure-window.ts";
import { adviseRetry, type RetryAdvice } from "#core/failure-group/retry-advice.ts";
import type { Catalog } from "#server/operations/catalog/catalog.ts";
import type { DependencyGate } from "#server/operations/flow/flow-cache.ts";
import { countDependencyFailures } from "#server/store/failures/count-dependency-failures.ts";
import { countGroupHosts } from "#server/store/failures/count-group-hosts.ts";
import { countGroupJobs } from "#server/store/failures/count-group-jobs.ts";
import { findGroup, type GroupWithSample } from "#server/store/failures/find-group.ts";
import { listGroupSamples } from "#server/store/failures/list-group-samples.ts";
import { type GroupBucket, readGroupSeries } from "#server/store/failures/read-group-series.ts";
import { readCounterSeries } from "#server/store/metrics/read-counter-series.ts";
import type { ApiContext } from "../context.ts";
import type { StoredError } from "../jobs/job-detail.ts";
import { type GroupSummary, toGroupSummary } from "./group-summary.ts";

/** What a group did to one version of a definition in one queue, within 35 days. */
export interface AffectedVersion {
  definition: string;
  queue: string;
  version: number;
  /** Whether this is the version that new jobs get. */
  live: boolean;
  failures: number;
  deaths: number;
}

export interface GroupDetail {
  asOfMs: number;
  group: GroupSummary;
  /** Jobs that died of it, in all that was counted. */
  deaths: number;
  first: { definition: string; version: number };
  sample: { error: StoredError | null; jobId: string; attempt: number; atMs: number };
  rule: { id: string; name: string; builtIn: boolean } | null;
  remediation: string | null;
  /** Runbooks: of the rule, then of the affected definitions. */
  runbooks: { of: string; url: string }[];
  series: {
    fromMs: number;
    bucketMs: number;
    buckets: { atMs: number; version: string; attempts: number; deaths: number }[];
  };
  affected: AffectedVersion[];
  /** The version of each affected definition that new jobs get. */
  live: { definition: string; version: number }[];
  hosts: { host: string | null; failures: number }[];
  samples: {
    jobId: string;
    attempt: number;
    definition: string;
    version: number | null;
    finishedAtMs: number;
    host: string | null;
    message: string | null;
    decision: string | null;
  }[];
  advice: RetryAdvice;
}

const adviceWindowMs = 300_000;
const counterGrainMs = 10_000;
const counted = { dead: 100_000, retrying: 5_000 };
const shownSamples = 20;
const lookedHosts = 500;

/** All that the page of a group shows, or null when there is none. */
export async function readGroupDetail(
  ctx: ApiContext,
  fingerprint: string,
  windowName: FailureWindow,
): Promise<GroupDetail | null> {
  const { db, engine } = ctx;
  const catalog = engine.catalog.current;
  const row = await findGroup(db, fingerprint);
  if (row === null) return null;
  const nowMs = engine.clock.nowMs();
  const window = cutWindow(windowName, nowMs);
  const hours = { grainMs: 3_600_000, bucketMs: 35 * 86_400_000, fromMs: nowMs - 35 * 86_400_000 };
  const one = [fingerprint];
  const [buckets, total, jobs, samples, hosts, advice] = await Promise.all([
    readGroupSeries(db, one, window, true),
    readGroupSeries(db, one, { ...hours, fromMs: Math.floor(hours.fromMs / 3_600_000) * 3_600_000 }, true),
    countGroupJobs(db, one, counted),
    listGroupSamples(db, fingerprint, shownSamples),
    countGroupHosts(db, fingerprint, lookedHosts),
    readAdvice(ctx, row, nowMs),
  ]);
  const affected = affectedOf(total, catalog);
  const nameOf = (lane: number) => catalog.lanes.get(lane)?.definition.name ?? `lane ${lane}`;
  return {
    asOfMs: nowMs,
    group: toGroupSummary(row, { catalog, window, nowMs, buckets, jobs: jobs[0] }),
    deaths: row.deaths,
    first: { definition: nameOf(row.firstLane), version: row.firstVersion },
    sample: {
      error: row.sample === null ? null : (JSON.parse(row.sample) as StoredError),
      jobId: row.sampleJobId,
      attempt: row.sampleAttempt,
      atMs: row.sampleAtMs,
    },
    ...ruleOf(row, catalog),
    series: {
      fromMs: window.fromMs,
      bucketMs: window.bucketMs,
      buckets: buckets.map(({ atMs, lane, version, attempts, deaths }) => ({
        atMs,
        version: `${nameOf(lane)} v${version}`,
        attempts,
        deaths,
      })),
    },
    affected,
    live: [...new Set(row.lanes.flatMap((id) => catalog.lanes.get(id)?.definition ?? []))].map(
      ({ name, version }) => ({ definition: name, version }),
    ),
    hosts,
    samples: samples.map(({ lane, outcome: _, workerId: __, ...sample }) => ({
      ...sample,
      definition: nameOf(lane),
    })),
    advice: adviseRetry({ ...advice, newerVersion: newerVersion(affected, catalog) }),
  };
}

function affectedOf(total: readonly GroupBucket[], catalog: Catalog): AffectedVersion[] {
  const sums = new Map<string, AffectedVersion>();
  for (const { lane, version, attempts, deaths } of total) {
    const found = catalog.lanes.get(lane);
    const definition = found?.definition.name ?? `lane ${lane}`;
    const queue = found?.queue.name ?? "";
    const key = `${definition} ${queue} ${version}`;
    const live = found?.definition.version === version;
    const sum = sums.get(key) ?? { definition, queue, version, live, failures: 0, deaths: 0 };
    sum.failures += attempts;
    sum.deaths += deaths;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => b.failures - a.failures);
}

/** A live version that has never failed so, of a definition that has. */
function newerVersion(affected: readonly AffectedVersion[], catalog: Catalog) {
  for (const { definition } of affected) {
    const live = catalog.definitions.get(definition)?.version ?? 0;
    const failed = affected.filter((each) => each.definition === definition).map((each) => each.version);
    if (live > Math.max(...failed)) return { definition, version: live };
  }
  return null;
}

async function readAdvice(ctx: ApiContext, row: GroupWithSample, nowMs: number) {
  const { db, engine } = ctx;
  const fromMs = Math.floor((nowMs - adviceWindowMs) / counterGrainMs) * counterGrainMs;
  const minutes = cutWindow("5m", nowMs);
  const { fingerprint, dependency } = row;
  const [counters, own, dependencyFailures] = await Promise.all([
    readCounterSeries(db, { fromMs, toMs: nowMs, bucketMs: counterGrainMs, lanes: row.lanes }),
    readGroupSeries(db, [fingerprint], minutes),
    dependency === null
      ? null
      : countDependencyFailures(db, { dependency, fingerprint, fromMs: minutes.fromMs }),
  ]);
  const failedIn = (failures: Record<string, number>) =>
    Object.values(failures).reduce((sum, count) => sum + Number(count), 0);
  return {
    class: row.class as FailureClass,
    lastFailureAgeMs: Math.max(0, nowMs - row.lastSeenMs),
    windowMs: adviceWindowMs,
    groupFailures: own.reduce((sum, bucket) => sum + bucket.attempts, 0),
    completed: counters.reduce((sum, bucket) => sum + bucket.completed, 0),
    failed: counters.reduce((sum, bucket) => sum + failedIn(bucket.failures), 0),
    dependency,
    dependencyFailures,
    isHeld: holdsAll(dependency === null ? undefined : engine.flow.gates.get(dependency)),
  };
}

/** Whether a breaker lets at most probes through. */
function holdsAll(gate: DependencyGate | undefined): boolean {
  if (gate === undefined) return false;
  return gate.forced === null ? gate.state === "open" || gate.state === "half-open" : gate.forced === "open";
}

function ruleOf(
  row: GroupWithSample,
  catalog: Catalog,
): Pick<GroupDetail, "rule" | "remediation" | "runbooks"> {
  const own = catalog.rules.find((rule) => rule.id === row.ruleId);
  const builtIn = own ? undefined : allBuiltInRules.find((rule) => rule.id === row.ruleId);
  const source = own ?? builtIn;
  const runbooks = source?.runbookUrl ? [{ of: source.name, url: source.runbookUrl }] : [];
  for (const id of row.lanes) {
    const definition = catalog.lanes.get(id)?.definition;
    const url = definition?.spec.runbookUrl;
    if (definition && url) runbooks.push({ of: definition.name, url });
  }
  return {
    rule:
      row.ruleId === null
        ? null
        : { id: row.ruleId, name: row.ruleName ?? row.ruleId, builtIn: builtIn !== undefined },
    remediation: source?.remediation ?? null,
    runbooks,
  };
}
