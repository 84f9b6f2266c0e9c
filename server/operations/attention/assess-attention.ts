import { findHeldBreakers, type HeldBreaker } from "#core/attention/find-held-breakers.ts";
import { findIncidents, type Incident } from "#core/attention/find-incidents.ts";
import { findStuck, type StuckAttempt, stuckBounds } from "#core/attention/find-stuck.ts";
import { cutWindow } from "#core/failure-group/failure-window.ts";
import { meanMs, mergeCounts, percentileMs } from "#core/metric/histogram.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { saveAttention } from "#server/store/attention/save-attention.ts";
import { holdDuty } from "#server/store/duties/hold-duty.ts";
import { listGroups } from "#server/store/failures/list-groups.ts";
import { readGroupSeries } from "#server/store/failures/read-group-series.ts";
import { readLongestHeld } from "#server/store/leases/read-longest-held.ts";
import { readUsualRuns } from "#server/store/metrics/read-usual-runs.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import type { Engine } from "../engine.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";

/** What needs a person: what fails, and what runs far longer than its kind does. */
export interface Attention {
  atMs: number;
  incidents: Incident[];
  /** Breakers that are not simply closed, with what they hold. */
  breakers: HeldBreaker[];
  stuck: (StuckAttempt & { workerId: string; queue: string })[];
  /** There are more stuck attempts than are told of. */
  moreStuck: boolean;
  /** How long a job of a paused queue runs in the mean, where enough runs are known: what its backlog is in work. */
  pausedRuns: { queue: string; runMs: number }[];
}

const minuteMs = 60_000;
/** Groups looked at: those that failed most in the last hour. */
const groupsLooked = 50;
const titleCharacters = 160;
const heldLooked = 200;
const stuckTold = 20;
/** Usual run times are those of the past six hours; fewer runs than this say nothing of the hundredth. */
const usualSpanMs = 6 * 3_600_000;
const leastRuns = 20;
const pausedTold = 100;

/** Assess what needs a person and keep it for the consoles; false when the duty was lost meanwhile. */
export function assessAttention(engine: Engine, duty: Duty): Promise<boolean> {
  return inTransaction(engine.counters, async (transaction) => {
    if (!(await holdDuty(transaction, duty.name, duty.owner, duty.epoch))) return false;
    const atMs = engine.clock.nowMs();
    const incidents = await assessIncidents(engine, transaction, atMs);
    const stuck = await assessStuck(engine, transaction, atMs);
    const told: Attention = {
      atMs,
      incidents,
      breakers: await assessBreakers(engine, transaction),
      stuck: stuck.slice(0, stuckTold),
      moreStuck: stuck.length > stuckTold,
      pausedRuns: await assessPaused(engine, transaction),
    };
    await saveAttention(transaction, atMs, told);
    return true;
  });
}

async function assessIncidents(engine: Engine, db: Queryable, nowMs: number): Promise<Incident[]> {
  const { lanes } = engine.catalog.current;
  const hour = cutWindow("1h", nowMs);
  const day = cutWindow("6h", nowMs);
  const { groups } = await listGroups(
    db,
    { states: ["open"] },
    { order: "count", window: hour, limit: groupsLooked, cursor: null },
  );
  const series = await readGroupSeries(
    db,
    groups.map((group) => group.fingerprint),
    { grainMs: minuteMs, bucketMs: minuteMs, fromMs: day.fromMs },
  );
  const minutes = Map.groupBy(series, (bucket) => bucket.fingerprint);
  return findIncidents(
    groups.map((group) => ({
      fingerprint: group.fingerprint,
      class: group.class,
      origin: group.origin,
      title: `${group.name}: ${group.message}`.slice(0, titleCharacters),
      dependency: group.dependency,
      queues: group.lanes.flatMap((lane) => lanes.get(lane)?.queue.name ?? []),
      minutes: minutes.get(group.fingerprint) ?? [],
      firstSeenMs: group.firstSeenMs,
      lastSeenMs: group.lastSeenMs,
    })),
    nowMs,
  );
}

/** Without a gate that is not simply closed nothing is asked. */
async function assessBreakers({ flow, catalog }: Engine, db: Queryable): Promise<HeldBreaker[]> {
  const gates = [...flow.gates.values()];
  if (gates.every(({ state, forced }) => state === "closed" && forced === null)) return [];
  const depths = await readLatestDepths(db);
  const lines = (depths?.rows ?? []).flatMap(({ lane, available }) => {
    const known = catalog.current.lanes.get(lane);
    if (known === undefined) return [];
    const dependencies = known.dependencies.map(({ name }) => name);
    return [{ queue: known.queue.name, dependencies, available }];
  });
  const facts = gates.map(({ dependency, state, forced, forcedUntilMs, sinceMs, untilMs }) => ({
    ...{ dependency, state, forced, sinceMs },
    untilMs: forced === null ? untilMs : forcedUntilMs,
  }));
  return findHeldBreakers(facts, lines);
}

async function assessStuck(engine: Engine, db: Queryable, nowMs: number): Promise<Attention["stuck"]> {
  const held = await readLongestHeld(db, stuckBounds.leastMs, heldLooked);
  if (held.length === 0) return [];
  const { lanes } = engine.catalog.current;
  const laneIds = [...new Set(held.map((each) => each.lane))];
  const usual = await readUsualRuns(db, laneIds, usualSpanMs);
  const known = held.flatMap((each) => {
    const lane = lanes.get(each.lane);
    if (!lane) return [];
    const heldMs = nowMs - each.claimedAtMs;
    return [{ ...each, heldMs, definition: lane.definition.name, queue: lane.queue.name }];
  });
  const usualMsOf = (definition: string): number | null => {
    const lane = known.find((each) => each.definition === definition)?.lane;
    const counts = lane === undefined ? undefined : usual.get(lane);
    const runs = counts?.reduce((sum, count) => sum + count, 0) ?? 0;
    return counts && runs >= leastRuns ? percentileMs(counts, 0.99) : null;
  };
  const about = new Map(known.map((each) => [each.jobId, each]));
  return findStuck(known, usualMsOf).map(({ jobId, definition, heldMs, progress, usualMs, boundMs }) => {
    const { workerId = "", queue = "" } = about.get(jobId) ?? {};
    return { jobId, definition, heldMs, progress, usualMs, boundMs, workerId, queue };
  });
}

async function assessPaused(engine: Engine, db: Queryable): Promise<Attention["pausedRuns"]> {
  const { lanes, queues } = engine.catalog.current;
  const paused = [...queues.values()].filter((queue) => queue.paused).slice(0, pausedTold);
  if (paused.length === 0) return [];
  const lanesOf = Map.groupBy(lanes.values(), (lane) => lane.queue.name);
  const idsOf = (queue: string) => (lanesOf.get(queue) ?? []).map((lane) => lane.id);
  const usual = await readUsualRuns(
    db,
    paused.flatMap(({ name }) => idsOf(name)),
    usualSpanMs,
  );
  return paused.flatMap(({ name }) => {
    const counts = mergeCounts(...idsOf(name).map((id) => usual.get(id) ?? []));
    const runMs = meanMs(counts);
    const runs = counts.reduce((sum, count) => sum + count, 0);
    return runMs === null || runs < leastRuns ? [] : [{ queue: name, runMs }];
  });
}
