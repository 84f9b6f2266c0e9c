import type { LaneFacts, WaitingFacts } from "../job/waiting-facts.ts";
import { findBindingReason, type WaitingReasonKind } from "../job/waiting-reasons.ts";
import { type PriorityClass, priorityAt } from "../priority/priority-class.ts";
import { type TokenBucket, tokensAt } from "./token-bucket.ts";

/** Jobs that wait for one thing. */
export interface ReasonCount {
  kind: WaitingReasonKind;
  /** The dependency or the definition that it is about; null for the queue itself and for each job's own. */
  of: string | null;
  jobs: number;
  /** `at-least` where there were too many to count one by one, `about` where a part was counted and scaled. */
  exactness: "exact" | "about" | "at-least";
  /** Where they stand, of what definitions and classes they are. */
  states: CountedState[];
  definitions: string[];
  priorities: PriorityClass[];
}

/** As depths are counted: what is available in a paused queue is shown as held elsewhere. */
type CountedState = (typeof countedStates)[number];
const countedStates = ["available", "scheduled", "retryable", "held"] as const;

/** What stands in a lane of one class, as counted. */
export interface CountedLine {
  lane: LaneFacts;
  rank: number;
  available: number;
  /** `available` is a lower bound. */
  atLeast: boolean;
  scheduled: number;
  retryable: number;
  /** Set aside, one row each. */
  held: number;
  /** What is not in line was scaled from a part. */
  about: boolean;
}

/**
 * How many jobs wait for what, most jobs first; `lines` are those of one queue. Each is counted once, by the reason that
 * binds a job of its lane, class and state: where fewer tokens are left than jobs stand in line for them, most of these
 * wait for tokens, and all are counted so. What only a single job knows (whether a retry budget put it off) is not told apart: it counts as backoff.
 */
export function countWaitingReasons(lines: readonly CountedLine[]): ReasonCount[] {
  const counts = new Map<string, ReasonCount>();
  for (const line of asMostFindThem(lines))
    for (const state of countedStates) {
      const jobs = line[state];
      const reason = jobs === 0 ? null : findBindingReason(jobOf(line, state));
      if (reason === null) continue;
      const { kind, ref } = reason;
      const of = ref?.kind === "dependency" || ref?.kind === "definition" ? ref.id : null;
      const count = counts.get(`${kind} ${of}`) ?? emptyCount(kind, of);
      counts.set(`${kind} ${of}`, count);
      count.jobs += jobs;
      if (state === "available" ? line.atLeast : line.about)
        count.exactness = state === "available" ? "at-least" : "about";
      note(count.states, state);
      note(count.definitions, line.lane.definition.name);
      note(count.priorities, priorityAt(line.rank));
    }
  return [...counts.values()].sort((a, b) => b.jobs - a.jobs);
}

/** The lines with the buckets that have a token for some of their jobs only as the others find them: empty. */
function asMostFindThem(lines: readonly CountedLine[]): CountedLine[] {
  let inQueue = 0;
  const needing = new Map<string, number>();
  for (const { available, lane } of lines) {
    inQueue += available;
    for (const { name } of lane.dependencies) needing.set(name, (needing.get(name) ?? 0) + available);
  }
  const asFound = (bucket: TokenBucket | null, jobs: number, nowMs: number): TokenBucket | null =>
    bucket !== null && tokensAt(bucket, nowMs) < jobs ? { ...bucket, level: 0, atMs: nowMs } : bucket;
  return lines.map((line) => {
    const { nowMs, queue, dependencies } = line.lane;
    const lane = {
      ...line.lane,
      queue: { ...queue, bucket: asFound(queue.bucket, inQueue, nowMs) },
      dependencies: dependencies.map((each) => ({
        ...each,
        bucket: asFound(each.bucket, needing.get(each.name) ?? 0, nowMs),
      })),
    };
    return { ...line, lane };
  });
}

function emptyCount(kind: WaitingReasonKind, of: string | null): ReasonCount {
  return { kind, of, jobs: 0, exactness: "exact", states: [], definitions: [], priorities: [] };
}

function note<T>(among: T[], value: T): void {
  if (!among.includes(value)) among.push(value);
}

/** Any job of a line, as far as its reasons depend on the line alone. */
function jobOf({ lane, rank }: CountedLine, state: CountedState): WaitingFacts {
  const isLater = state === "scheduled" || state === "retryable";
  return {
    ...lane,
    job: {
      state,
      priority: priorityAt(rank),
      runAtMs: isLater ? lane.nowMs + 1 : lane.nowMs,
      failures: 0,
      hold: state === "held" ? { reason: "concurrency-key", untilMs: null } : null,
      deferrals: 0,
      budget: null,
    },
    line: null,
  };
}
