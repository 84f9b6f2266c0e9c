import { sayDuration } from "../say-duration.ts";
import { type PriorityClass, priorityAt } from "./priority-class.ts";
import type { PrioritySettings } from "./priority-settings.ts";
import { priorityKey } from "./virtual-deadline.ts";

/** Most times that one job gives way. */
export const mostPreemptions = 2;
/** Nobody gives way before having run so long, ms: stopping and starting again costs as well. */
const leastRunMs = 1_000;
/** Classes that others give way to: critical and high. */
const lastUrgentRank = 1;

/** The oldest waiting job of an urgent class in a pool. */
export interface UrgentHead {
  rank: number;
  runAtMs: number;
  /** Jobs of the class that wait. */
  waiting: number;
}

/** A running job that may give way: its definition says so. */
export interface PreemptCandidate {
  jobId: string;
  rank: number;
  runAtMs: number;
  startedAtMs: number;
  /** When it last saved a checkpoint in this attempt; null for not yet. */
  checkpointAtMs: number | null;
  /** How often it has given way already. */
  preemptions: number;
}

/** What the choice rests on: one pool, all of whose urgent heads and candidates are named. */
export interface PreemptionFacts {
  nowMs: number;
  heads: readonly UrgentHead[];
  /** Slots of the pool that are free, and all of them. */
  free: number;
  slots: number;
  /** Asked to give way already and not gone yet. */
  asked: number;
  candidates: readonly PreemptCandidate[];
  settings: PrioritySettings;
}

/** Who is to give way, and why. */
export interface Preemptions {
  jobIds: string[];
  urgent: PriorityClass | null;
  lateMs: number;
  because: string;
}

/**
 * Which running jobs give up their slots at their next checkpoint: only when an urgent class has missed its budget and no
 * slot is free, as many as are late at most and never more than a tenth of the slots at a time. Last in the order of
 * claims goes first, then the freshest checkpoint, then who gave way least. Source: selective preemption in least-laxity
 * scheduling, bounded so that nobody is stopped more than twice.
 */
export function pickPreemptions(facts: PreemptionFacts): Preemptions {
  const { nowMs, heads, free, slots, asked, candidates, settings } = facts;
  const late = heads
    .filter(({ rank }) => rank <= lastUrgentRank)
    .map((head) => ({
      ...head,
      lateMs: nowMs - head.runAtMs - settings.classes[priorityAt(head.rank)].budgetMs,
    }))
    .filter(({ lateMs }) => lateMs > 0)
    .sort((a, b) => keyOf(a, facts) - keyOf(b, facts));
  const [first] = late;
  if (first === undefined) return nobody("no urgent class is late");
  if (free > 0) return nobody("slots are free");
  const waiting = late.reduce((sum, { waiting: count }) => sum + count, 0);
  const most = Math.min(waiting, Math.max(1, Math.floor(slots / 10))) - asked;
  const willing = candidates
    .filter((each) => each.rank > lastUrgentRank && each.preemptions < mostPreemptions)
    .filter((each) => nowMs - each.startedAtMs >= leastRunMs)
    .sort(
      (a, b) =>
        keyOf(b, facts) - keyOf(a, facts) ||
        (b.checkpointAtMs ?? 0) - (a.checkpointAtMs ?? 0) ||
        a.preemptions - b.preemptions,
    );
  const jobIds = willing.slice(0, Math.max(0, most)).map(({ jobId }) => jobId);
  const urgent = priorityAt(first.rank);
  const because = `${urgent} work is ${sayDuration(first.lateMs)} beyond its budget and all ${slots} slots are taken`;
  return { jobIds, urgent, lateMs: first.lateMs, because };
}

function keyOf(job: { rank: number; runAtMs: number }, { nowMs, settings }: PreemptionFacts): number {
  return priorityKey({ rank: job.rank, runAtMs: job.runAtMs, nowMs, settings });
}

function nobody(because: string): Preemptions {
  return { jobIds: [], urgent: null, lateMs: 0, because };
}
