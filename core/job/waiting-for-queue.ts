import { capRoom } from "../flow/queue-gate.ts";
import { nextTokenAtMs, tokensAt } from "../flow/token-bucket.ts";
import { keepsBackClass, keepsBackDefinition } from "../pressure/keeps-back.ts";
import { priorityAt, priorityClasses } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import type { WaitingFacts } from "./waiting-facts.ts";
import type { UnmetCondition } from "./waiting-reasons.ts";

/** Its queue is paused. */
export function queuePaused({ queue }: WaitingFacts): UnmetCondition[] {
  if (!queue.paused) return [];
  return [
    {
      kind: "queue-paused",
      text: `queue ${queue.name} is paused`,
      untilMs: null,
      ref: { kind: "queue", id: queue.name },
      action: "resume-queue",
    },
  ];
}

/** Its definition is paused. */
export function definitionPaused({ definition }: WaitingFacts): UnmetCondition[] {
  if (!definition.paused) return [];
  return [
    {
      kind: "definition-paused",
      text: `definition ${definition.name} is paused`,
      untilMs: null,
      ref: { kind: "definition", id: definition.name },
      action: "resume-definition",
    },
  ];
}

/** As many run as the cap of its queue or of its definition lets. */
export function capReached({ queue, definition }: WaitingFacts): UnmetCondition[] {
  const capped = [
    { kind: "queue" as const, ...queue },
    { kind: "definition" as const, ...definition },
  ];
  return capped
    .filter((each) => capRoom(each) === 0)
    .map(({ kind, name, running, maxRunning }) => ({
      kind: "cap-reached",
      text: `${kind} ${name} runs ${running} jobs and may run ${maxRunning}`,
      untilMs: null,
      ref: { kind, id: name },
      action: "raise-cap",
    }));
}

/** The tokens of its queue are spent. */
export function queueRateLimited({ queue, nowMs }: WaitingFacts): UnmetCondition[] {
  const { bucket, name } = queue;
  if (bucket === null || tokensAt(bucket, nowMs) > 0) return [];
  const { limit } = bucket;
  const atMs = nextTokenAtMs(bucket, nowMs);
  return [
    {
      kind: "rate-limit",
      text: `queue ${name} may start ${limit.count} in ${sayDuration(limit.perMs)}: the next in ${sayDuration(atMs - nowMs)}`,
      untilMs: atMs,
      ref: { kind: "queue", id: name },
      action: "raise-rate",
    },
  ];
}

/** It can wait, and more urgent work misses its budget. */
export function keptBack({ deferral, definition, job, nowMs }: WaitingFacts): UnmetCondition[] {
  if (deferral === null || deferral.untilMs <= nowMs) return [];
  const isClass = keepsBackClass(deferral, priorityClasses.indexOf(job.priority));
  const isDefinition = keepsBackDefinition(deferral, definition);
  if (!isClass && !isDefinition) return [];
  const floor = isDefinition ? "" : "; its class goes on with what its floor owes it";
  return [
    {
      kind: "pressure-deferred",
      text: `kept back while class ${priorityAt(deferral.forRank)} misses its wait budget, for ${sayDuration(deferral.untilMs - nowMs)} at most${floor}`,
      untilMs: deferral.untilMs,
      ref: null,
      action: "reprioritise",
    },
  ];
}
