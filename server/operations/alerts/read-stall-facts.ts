import type { ClosedGate } from "#core/alert/find-blocked-alerts.ts";
import type { EscalatedJobs } from "#core/alert/find-escalated-alerts.ts";
import type { OutOfTime } from "#core/alert/find-overdue-alerts.ts";
import type { StallFacts } from "#core/alert/find-stalls.ts";
import { type SeenProgress, trackProgress } from "#core/alert/track-progress.ts";
import { isShut } from "#core/flow/dependency-gate.ts";
import { calmSnapshot } from "#core/pressure/pressure-snapshot.ts";
import type { StorageVerdict } from "#core/pressure/storage-guard.ts";
import type { Attention } from "#server/operations/attention/assess-attention.ts";
import { readAttention } from "#server/store/attention/read-attention.ts";
import { escalatedLooked, readEscalated } from "#server/store/jobs/read-escalated.ts";
import { readLateWork } from "#server/store/jobs/read-late-work.ts";
import { readOutOfTime } from "#server/store/jobs/read-out-of-time.ts";
import { readExpiredLeases } from "#server/store/leases/read-expired-leases.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { readPressure } from "#server/store/pressure/read-pressure.ts";
import { listBuckets } from "#server/store/queues/list-buckets.ts";
import { readLostWorkers } from "#server/store/workers/read-lost-workers.ts";
import type { Engine } from "../engine.ts";
import { outOfTimeReason } from "../jobs/end-overdue-jobs.ts";
import { readRunningLanes } from "./read-running-lanes.ts";
import { waitingLines } from "./waiting-lines.ts";

/** An assessment of attention older than this says nothing of now, ms. */
const freshMs = 15_000;
/** What happened longer ago than this is over, ms; see core/alert/recency-level.ts. */
const recentMs = 300_000;
/** Half of the bounds in core/alert: what is nearer to now than this is not looked at. */
const lateMs = 5_000;

/** Read everything one look for stalls needs, each query bounded, and how the progress of what is held too long moved. */
export async function readStallFacts(
  engine: Engine,
  seen: Readonly<Record<string, SeenProgress>>,
): Promise<{ facts: StallFacts; progress: Record<string, SeenProgress> }> {
  const { pool } = engine;
  const attention = (await readAttention(pool, freshMs)) as Attention | null;
  const depths = (await readLatestDepths(pool))?.rows ?? [];
  const nowMs = engine.clock.nowMs();
  const { lanes } = engine.catalog.current;
  const runbookOf = (definition: string) =>
    engine.catalog.current.definitions.get(definition)?.spec.runbookUrl ?? null;
  const assessedMs = attention?.atMs ?? nowMs;
  const stuck = (attention?.stuck ?? []).map((attempt) => ({
    ...attempt,
    claimedAtMs: assessedMs - attempt.heldMs,
    runbookUrl: runbookOf(attempt.definition),
  }));
  const { attempts: held, seen: progress } = trackProgress(seen, stuck, nowMs);
  const [fleet, buckets] = [await readFleet(pool), await listBuckets(pool)];
  const outOfTime = (await readOutOfTime(pool, recentMs, outOfTimeReason)).flatMap((row): OutOfTime[] => {
    const lane = lanes.get(row.lane);
    if (!lane) return [];
    const { name, spec } = lane.definition;
    return [
      {
        ...row,
        definition: name,
        queue: lane.queue.name,
        limitMs: spec.timeouts.totalMs ?? null,
        runbookUrl: spec.runbookUrl ?? null,
      },
    ];
  });
  const asked = await readEscalated(pool);
  const isCut = asked.reduce((sum, { jobs }) => sum + jobs, 0) >= escalatedLooked;
  const escalated = asked.flatMap(({ lane: id, ...row }): EscalatedJobs[] => {
    const lane = lanes.get(id);
    if (!lane) return [];
    const { name, spec } = lane.definition;
    const place = { definition: name, queue: lane.queue.name, runbookUrl: spec.runbookUrl ?? null };
    return [{ ...row, ...place, exact: !isCut }];
  });
  const facts: StallFacts = {
    nowMs,
    held,
    running: await readRunningLanes(engine, depths, nowMs),
    waiting: waitingLines({ engine, depths, fleet, buckets, nowMs }),
    gates: closedGates(engine, depths),
    lostWorkers: await readLostWorkers(pool, recentMs),
    expiredLeases: await readExpiredLeases(pool, lateMs),
    outOfTime,
    escalated,
    late: await readLateWork(pool, lateMs),
    incidents: attention?.incidents ?? [],
    storage: ((await readPressure(pool, "storage", 0)) as StorageVerdict | null) ?? calmSnapshot.storage,
    dependencies: new Set(engine.catalog.current.dependencies.keys()),
  };
  return { facts, progress };
}

/** Dependencies whose breakers let nothing through, or only probes, and what waits for them. */
function closedGates(engine: Engine, depths: readonly { lane: number; available: number }[]): ClosedGate[] {
  const { lanes } = engine.catalog.current;
  return [...engine.flow.gates.values()].flatMap((gate): ClosedGate[] => {
    const shut = isShut(gate);
    if (!shut && (gate.forced === "closed" || gate.state !== "half-open")) return [];
    const waiting = depths.flatMap(({ lane: id, available }) => {
      const lane = lanes.get(id);
      const needs = lane?.dependencies.some(({ name }) => name === gate.dependency);
      return lane && needs && available > 0 && !lane.queue.paused && !lane.definition.paused
        ? [{ queue: lane.queue.name, available }]
        : [];
    });
    return [
      {
        dependency: gate.dependency,
        state: shut ? "open" : "half-open",
        forced: gate.forced === "open",
        sinceMs: gate.sinceMs,
        untilMs: gate.untilMs,
        waiting: waiting.reduce((sum, each) => sum + each.available, 0),
        queues: [...new Set(waiting.map((each) => each.queue))].sort(),
      },
    ];
  });
}
