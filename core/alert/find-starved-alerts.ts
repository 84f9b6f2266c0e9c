import type { FlowLimit } from "../flow/find-limit.ts";
import { type PriorityClass, priorityClasses } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import { type Containment, type Finding, runbookOf } from "./alert.ts";

/** What bounds the starts of one lane: its queue's limits and workers, the rate of a dependency that it calls, or pressure. */
export type LineLimit =
  | FlowLimit
  | { kind: "dependency-rate"; dependency: string; perSecond: number }
  /** Kept back while a more urgent class misses its budget. */
  | { kind: "deferred"; forPriority: PriorityClass };

/** What waits in one lane and class, and what bounds it. */
export interface WaitingLine {
  queue: string;
  definition: string;
  priority: PriorityClass;
  waiting: number;
  /** Of the lane, whatever their class. */
  running: number;
  /** When the first in line was due. */
  oldestDueMs: number;
  /** How long the class may wait. */
  budgetMs: number;
  /** Of this lane: its queue's gates and the workers that serve its definition. */
  limit: LineLimit;
  /** Workers that serve it, and their slots, taken and in all. */
  workers: number;
  busy: number;
  slots: number;
  runbookUrl: string | null;
}

/** A shorter wait is a hiccup whatever the budget, ms. */
const leastWaitMs = 5_000;

/**
 * Queues in which a class waits beyond its budget, one alert a queue and class, of the lane that waits the longest. What
 * a person has paused, or a breaker holds, is not starved: leave such lines out.
 */
export function findStarvedAlerts(lines: readonly WaitingLine[], nowMs: number): Finding[] {
  const groups = Map.groupBy(lines, (line) => `starved:${line.queue}:${line.priority}`);
  return [...groups].map(([key, group]): Finding => {
    const waited = (line: WaitingLine) => Math.max(0, nowMs - line.oldestDueMs);
    const [worst] = [...group].sort((a, b) => waited(b) - waited(a)) as [WaitingLine];
    const waiting = group.reduce((sum, line) => sum + line.waiting, 0);
    const boundMs = Math.max(worst.budgetMs, leastWaitMs);
    // Workers may hold back with free slots (adaptive concurrency, the bound of a dependency); that nothing runs is odd.
    const idle = worst.limit.kind === "nothing" && worst.running === 0;
    const urgent = worst.priority === "critical" || worst.priority === "high";
    return {
      key,
      kind: "starved",
      level: waited(worst) / boundMs,
      severity: idle || (urgent && waited(worst) >= 2 * boundMs) ? "critical" : "warning",
      objectKind: "queue",
      objectId: worst.queue,
      sinceMs: worst.oldestDueMs + worst.budgetMs,
      jobIds: [],
      evidence: [
        { label: "first in line waits", value: waited(worst), unit: "ms" },
        { label: `budget of class ${worst.priority}`, value: worst.budgetMs, unit: "ms" },
        { label: "waiting in the class", value: waiting, unit: "count" },
        { label: "slots taken", value: `${worst.busy} of ${worst.slots}`, unit: "text" },
        { label: "definition", value: worst.definition, unit: "definition" },
        { label: "queue", value: worst.queue, unit: "queue" },
      ],
      cause: `Class ${worst.priority} of queue ${worst.queue} waits ${sayDuration(waited(worst))} for a start, beyond its budget of ${sayDuration(worst.budgetMs)}: ${causeOf(worst)}.`,
      ruledOut: ruledOut(worst),
      whatToDo: whatToDo(worst),
      containment: containmentOf(worst),
      runbook: runbookOf("starved", worst.runbookUrl),
    };
  });
}

function causeOf({ limit, definition, slots, workers, running }: WaitingLine): string {
  switch (limit.kind) {
    case "paused":
      return "it is paused";
    case "no-workers":
      return `no live worker serves ${definition}`;
    case "cap":
      return `the queue may run ${limit.maxRunning} jobs and runs ${limit.running}`;
    case "rate":
      return `the queue may start ${limit.count} jobs in ${sayDuration(limit.perMs)}`;
    case "dependency-rate":
      return `${limit.dependency} may be called ${limit.perSecond} times a second`;
    case "workers":
      return `all ${slots} slots of its ${workers === 1 ? "worker" : `${workers} workers`} are taken`;
    case "deferred":
      return `it is kept back while class ${limit.forPriority} misses its budget`;
    case "nothing":
      if (running > 0)
        return "slots are free, and its workers hold back: they adapt to load or to what it calls";
      return "slots are free and nothing holds it, yet nobody takes it";
  }
}

function ruledOut({ limit, workers }: WaitingLine): string[] {
  const said: string[] = ["The queue is not paused, and no breaker holds it."];
  if (limit.kind !== "no-workers") said.push(`Live workers serve it: ${workers}.`);
  if (limit.kind !== "cap") said.push("It is not at a cap.");
  if (limit.kind !== "rate") said.push("It is not at a rate limit.");
  return said;
}

function whatToDo({ limit, queue, definition, running }: WaitingLine): string[] {
  const more = "If it is expected, raise the budget of the class on the Priorities page.";
  switch (limit.kind) {
    case "no-workers":
      return [`Start a worker that serves ${definition}, or end the drain of one that did.`];
    case "cap":
      return [`Raise the cap of queue ${queue}, or find out why what runs in it does not end.`, more];
    case "rate":
      return [`Raise the rate limit of queue ${queue}, if what it protects can bear it.`, more];
    case "dependency-rate":
      return [`Raise the rate of dependency ${limit.dependency}, if it can bear it.`, more];
    case "workers":
      return ["Add workers or slots, or give what waits a higher class.", more];
    case "deferred":
      return [
        `Add workers or slots: when class ${limit.forPriority} is served in time again, it goes on.`,
        more,
      ];
    default:
      if (running > 0)
        return ["Look at its workers: the page of each says how many it runs at once, and why.", more];
      return [
        "Look at the workers: one that heartbeats but does not claim has a full buffer or a blocked event loop.",
        "Look at the database: a claim that takes seconds shows on the Board as starts that stop for all queues.",
      ];
  }
}

function containmentOf({ limit, priority, queue }: WaitingLine): Containment | null {
  const to = priorityClasses[priorityClasses.indexOf(priority) - 1];
  if (limit.kind !== "workers" || to === undefined) return null;
  return {
    action: "reprioritise",
    queue,
    from: priority,
    to,
    label: `Raise what waits in ${queue} from ${priority} to ${to}`,
  };
}
