import { Gauge, Registry } from "prom-client";
import { pressureLevels } from "#core/pressure/pressure-level.ts";
import { priorityAt } from "#core/priority/priority-class.ts";
import type { Engine } from "#server/operations/engine.ts";
import { readSecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import { readLatestDepths } from "#server/store/overview/read-latest-depths.ts";
import { readAdmissions } from "#server/store/pressure/read-admissions.ts";

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/** Rates are over this long, and end this long ago: counters are written with up to a second or two of delay. */
const rateWindowS = 60;
const rateDelayS = 2;

const states = ["available", "scheduled", "retryable", "held", "running"] as const;
const happenings = ["submitted", "started", "completed", "retried", "died", "cancelled"] as const;

/**
 * The text of /metrics: depths as the dispatcher last counted them, rates over the last minute, and live workers.
 * Read from the database, so every process of it tells the same; nothing here scans jobs.
 */
export async function renderMetrics(engine: Engine): Promise<string> {
  const registry = new Registry();
  pressure(engine, registry);
  await Promise.all([
    depths(engine, registry),
    rates(engine, registry),
    fleet(engine, registry),
    admissions(engine, registry),
  ]);
  return registry.metrics();
}

function gauge(registry: Registry, name: string, help: string, labelNames: string[]): Gauge {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

async function depths(engine: Engine, registry: Registry): Promise<void> {
  const sampled = await readLatestDepths(engine.pool);
  const jobs = gauge(registry, "signalbox_jobs", "Jobs by queue, priority class and state, as last counted", [
    "queue",
    "priority",
    "state",
  ]);
  const oldest = gauge(registry, "signalbox_oldest_due_seconds", "How long the oldest due job has waited", [
    "queue",
    "priority",
  ]);
  const at = gauge(
    registry,
    "signalbox_depth_counted_timestamp_seconds",
    "When the jobs were last counted",
    [],
  );
  if (sampled === null) return;
  at.set(sampled.atMs / 1000);
  const waitedS = new Map<string, { labels: { queue: string; priority: string }; seconds: number }>();
  for (const row of sampled.rows) {
    const queue = engine.catalog.current.lanes.get(row.lane)?.queue.name;
    if (queue === undefined) continue;
    const labels = { queue, priority: priorityAt(row.rank) };
    for (const state of states) jobs.inc({ ...labels, state }, row[state]);
    if (row.oldestRunAtMs === null) continue;
    const key = `${labels.queue} ${labels.priority}`;
    const seconds = Math.max(0, (sampled.atMs - row.oldestRunAtMs) / 1000, waitedS.get(key)?.seconds ?? 0);
    waitedS.set(key, { labels, seconds });
  }
  for (const { labels, seconds } of waitedS.values()) oldest.set(labels, seconds);
}

async function rates(engine: Engine, registry: Registry): Promise<void> {
  const untilMs = Math.floor(engine.clock.nowMs() / 1000 - rateDelayS) * 1000;
  const rows = await readSecondCounters(engine.pool, untilMs - rateWindowS * 1000);
  const help = "Jobs a second over the last minute, by queue and what happened";
  const jobs = gauge(registry, "signalbox_jobs_per_second", help, ["queue", "event"]);
  const failures = gauge(
    registry,
    "signalbox_failures_per_second",
    "Failed attempts a second over the last minute, by failure class",
    ["class"],
  );
  for (const row of rows) {
    const queue = engine.catalog.current.lanes.get(row.lane)?.queue.name;
    if (queue === undefined || row.atMs >= untilMs) continue;
    for (const event of happenings) jobs.inc({ queue, event }, row[event] / rateWindowS);
    for (const [failureClass, count] of Object.entries(row.failures))
      failures.inc({ class: failureClass }, count / rateWindowS);
  }
}

function pressure(engine: Engine, registry: Registry): void {
  const { crews, storage } = engine.pressure.current;
  const labels = ["pool", "definition", "priority"];
  const wait = gauge(
    registry,
    "signalbox_predicted_wait_seconds",
    "Predicted wait of a new job, by pool, first definition of those that share its workers, and class",
    labels,
  );
  const level = gauge(
    registry,
    "signalbox_pressure_level",
    "0 green, 1 yellow, 2 red, by pool, first definition of those that share its workers, and class",
    labels,
  );
  for (const crew of crews)
    for (const [rank, { state, waitMs }] of crew.classes.entries()) {
      const of = { pool: crew.pool ?? "", definition: crew.definitions[0] ?? "", priority: priorityAt(rank) };
      level.set(of, pressureLevels.indexOf(state.level));
      if (waitMs !== null) wait.set(of, waitMs / 1000);
    }
  const ofPool = ["pool", "definition"];
  const wanted = gauge(
    registry,
    "signalbox_workers_wanted",
    "Workers that would keep every class within its budget, within the limits of scaling, by pool and first definition of those that share them",
    ofPool,
  );
  const slots = gauge(
    registry,
    "signalbox_slots_wanted",
    "Slots that would keep every class within its budget, by pool and first definition of those that share the workers",
    ofPool,
  );
  for (const { pool, definitions, scale, demand } of crews) {
    const of = { pool: pool ?? "", definition: definitions[0] ?? "" };
    if (scale) wanted.set(of, scale.workers);
    if (demand) slots.set(of, demand.slots);
  }
  const guard = gauge(
    registry,
    "signalbox_storage_guard",
    "0 in order, 1 warns, 2 takes critical jobs only",
    [],
  );
  guard.set(["ok", "warn", "stop"].indexOf(storage.level));
}

async function admissions(engine: Engine, registry: Registry): Promise<void> {
  // Whole buckets of ten seconds.
  const untilMs = Math.floor(engine.clock.nowMs() / 10_000) * 10_000;
  const rows = await readAdmissions(engine.pool, { fromMs: untilMs - rateWindowS * 1000, untilMs });
  const names = new Map([...engine.catalog.current.queues.values()].map((queue) => [queue.id, queue.name]));
  const submits = gauge(
    registry,
    "signalbox_submits_under_pressure_per_second",
    "Submits a second over the last minute that were refused, or accepted with a signal, by queue and cause",
    ["queue", "cause", "answer"],
  );
  for (const { queueId, cause, refused, signalled } of rows) {
    const queue = names.get(queueId);
    if (queue === undefined) continue;
    submits.inc({ queue, cause, answer: "refused" }, refused / rateWindowS);
    submits.inc({ queue, cause, answer: "signalled" }, signalled / rateWindowS);
  }
}

async function fleet(engine: Engine, registry: Registry): Promise<void> {
  const rows = await readFleet(engine.pool);
  const workers = gauge(registry, "signalbox_workers", "Live workers by pool and state", ["pool", "state"]);
  const slots = gauge(
    registry,
    "signalbox_worker_slots",
    "Jobs that live workers can run at a time, by pool",
    ["pool"],
  );
  const running = gauge(
    registry,
    "signalbox_worker_running",
    "Jobs that live workers last said they run, by pool",
    ["pool"],
  );
  for (const row of rows) {
    workers.inc({ pool: row.pool, state: row.state }, row.workers);
    slots.inc({ pool: row.pool }, row.slots);
    running.inc({ pool: row.pool }, row.running);
  }
}
