import { percentileMs } from "#core/metric/histogram.ts";
import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import { type LatencyCounts, readLatencyCounts } from "#server/store/metrics/read-latency-counts.ts";
import { findQueueSettings, type QueueSettingsRow } from "#server/store/overview/find-queue-settings.ts";
import type { ApiContext } from "../context.ts";
import { type BoardQueue, type BoardSnapshot, settleMs, trendWindowMs } from "./board-snapshot.ts";
import { buildBoard } from "./build-board.ts";

/** A definition in a queue: its figures are those of a queue that held nothing else. */
export interface QueueDefinition {
  name: string;
  version: number;
  priority: PriorityClass;
  paused: boolean;
  figures: BoardQueue;
}

/** Median and 95th percentile, ms; within a factor of two, null without jobs. */
export interface LatencySummary {
  p50Ms: number | null;
  p95Ms: number | null;
}

/** The limits of a queue. */
export type QueueSettings = QueueSettingsRow;

export interface QueueDetail {
  asOfMs: number;
  depthAtMs: BoardSnapshot["depthAtMs"];
  queue: BoardQueue;
  settings: QueueSettings;
  definitions: QueueDefinition[];
  wait: LatencySummary;
  run: LatencySummary;
}

/** Everything the page of a queue shows but its charts, or null when there is no such queue. */
export async function readQueueDetail(ctx: ApiContext, name: string): Promise<QueueDetail | null> {
  const catalog = ctx.engine.catalog.current;
  const lanes = [...catalog.lanes.values()].filter((lane) => lane.queue.name === name);
  const sinceMs = ctx.engine.clock.nowMs() - settleMs - trendWindowMs;
  const [settings, facts, latency] = await Promise.all([
    findQueueSettings(ctx.db, name),
    ctx.reader.readFacts(),
    readLatencyCounts(
      ctx.db,
      lanes.map((lane) => lane.id),
      sinceMs,
    ),
  ]);
  const gate = facts.queues.find((queue) => queue.name === name);
  if (!settings || !gate) return null;
  const board = buildBoard({ ...facts, queues: [gate] });
  const queue = board.queues[0];
  if (!queue) return null;
  const definitions = lanes.map(({ definition }): QueueDefinition => {
    const ofDefinition = facts.lanes.filter(
      (lane) => lane.queue === name && lane.definition === definition.name,
    );
    const figures = buildBoard({ ...facts, queues: [gate], lanes: ofDefinition }).queues[0] ?? queue;
    const { version, paused, spec } = definition;
    return { name: definition.name, version, paused, priority: spec.priority ?? priorityAt(2), figures };
  });
  definitions.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    asOfMs: board.asOfMs,
    depthAtMs: board.depthAtMs,
    queue,
    settings,
    definitions,
    wait: summary(latency.wait),
    run: summary(latency.run),
  };
}

function summary(counts: LatencyCounts["wait"]): LatencySummary {
  const whole = Array.from(counts, (count) => count ?? 0);
  return { p50Ms: percentileMs(whole, 0.5), p95Ms: percentileMs(whole, 0.95) };
}
