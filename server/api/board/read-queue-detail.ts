import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import type { ApiContext } from "../context.ts";
import type { BoardQueue, BoardSnapshot } from "./board-snapshot.ts";
import { buildBoard } from "./build-board.ts";

/** A definition in a queue: its figures are those of a queue that held nothing else. */
export interface QueueDefinition {
  name: string;
  version: number;
  priority: PriorityClass;
  paused: boolean;
  figures: BoardQueue;
}

export interface QueueDetail {
  asOfMs: number;
  depthAtMs: BoardSnapshot["depthAtMs"];
  queue: BoardQueue;
  /** When its limits were last edited. */
  updatedAtMs: number;
  /** The pools there are, for moving it to another. */
  pools: string[];
  definitions: QueueDefinition[];
  /** What its jobs wait for, most first. */
  reasons: ReasonCount[];
}

/** Everything the page of a queue shows but its charts, or null when there is no such queue. No query of its own. */
export async function readQueueDetail(ctx: ApiContext, name: string): Promise<QueueDetail | null> {
  const catalog = ctx.engine.catalog.current;
  const lanes = [...catalog.lanes.values()].filter((lane) => lane.queue.name === name);
  const facts = await ctx.reader.readFacts();
  const gate = catalog.queues.get(name);
  if (!gate) return null;
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
  const pools = new Set(facts.fleet.filter((group) => !group.callsTargets).map((group) => group.pool));
  pools.add(gate.pool);
  return {
    asOfMs: board.asOfMs,
    depthAtMs: board.depthAtMs,
    queue,
    updatedAtMs: gate.updatedAtMs,
    pools: [...pools].sort(),
    definitions,
    reasons: await ctx.reader.readReasons(name),
  };
}
