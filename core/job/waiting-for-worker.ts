import type { WaitingFacts } from "./waiting-facts.ts";
import type { UnmetCondition } from "./waiting-reasons.ts";

/** No live worker that is not draining claims from its lane. */
export function noWorker(facts: WaitingFacts): UnmetCondition[] {
  if (facts.workers.serving > 0) return [];
  return [
    {
      kind: "no-worker",
      text: sayNoWorker(facts),
      untilMs: null,
      ref: { kind: "pool", id: facts.queue.pool },
      action: "start-worker",
    },
  ];
}

function sayNoWorker({ workers, queue, definition }: WaitingFacts): string {
  const { pool } = queue;
  const { draining, ejected, others, elsewhere } = workers;
  if (definition.target === "http") return `no live dispatcher calls the HTTP target of ${definition.name}`;
  if (draining > 0)
    return draining === 1
      ? `the only worker in pool ${pool} that serves ${definition.name} is draining`
      : `all ${draining} workers in pool ${pool} that serve ${definition.name} are draining`;
  if (ejected > 0)
    return `${ejected === 1 ? "the only worker" : `all ${ejected} workers`} in pool ${pool} that ${ejected === 1 ? "serves" : "serve"} ${definition.name} ${ejected === 1 ? "is" : "are"} ejected for failing too often`;
  if (elsewhere.length > 0)
    return `no live worker in pool ${pool} serves ${definition.name}; workers of pool ${elsewhere.slice(0, 3).join(", ")} do`;
  if (others > 0)
    return `no live worker in pool ${pool} serves ${definition.name}: the ${others === 1 ? "one there serves" : `${others} there serve`} other work`;
  return `no live worker in pool ${pool} serves ${definition.name}`;
}
