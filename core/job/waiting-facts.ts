import type { DependencyHold } from "../flow/dependency-gate.ts";
import type { LaneWorkers } from "../flow/lane-workers.ts";
import type { TokenBucket } from "../flow/token-bucket.ts";
import type { Deferral } from "../pressure/decide-deferral.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import type { JobState } from "./job-state.ts";

/** What a job's lane is held by: all that a claim asks of it. */
export interface LaneFacts {
  nowMs: number;
  definition: {
    name: string;
    paused: boolean;
    target: "worker" | "http";
    deferrable: boolean;
    /** Its cap, null without one, and how many run under it. */
    maxRunning: number | null;
    running: number;
  };
  queue: {
    name: string;
    pool: string;
    paused: boolean;
    running: number;
    maxRunning: number | null;
    /** Most jobs of one concurrency key at a time. */
    maxRunningPerKey: number | null;
    /** The token bucket of its rate limit; null without one. */
    bucket: TokenBucket | null;
  };
  workers: LaneWorkers;
  /** What the definition calls, by name. */
  dependencies: readonly WaitingDependency[];
  /** What keeps work that can wait back while more urgent work misses its budget; null when nothing does. */
  deferral: Deferral | null;
  /** What takes over while a breaker holds it; null when the definition names nothing, or where it is not asked. */
  fallback: WaitingFallback | null;
}

/** The fallback of a definition as the duty that runs it last found it. */
export interface WaitingFallback {
  /** The definition that runs in its stead; null where cached results answer. */
  alternate: string | null;
  /** How old a cached result may be, ms. */
  maxAgeMs: number | null;
  /** Why it takes nothing now, as the rest of a sentence. */
  bar: string | null;
  /** Who took it back for this hold. */
  undoneBy: string | null;
  /** Whether the job was looked at, and could not be taken. */
  isUnfit: boolean;
}

/** A dependency as a claim finds it, with what is told of it. */
export interface WaitingDependency extends DependencyHold {
  name: string;
  /** Since when its breaker is in this state, ms since 1970; null when it was never judged. */
  sinceMs: number | null;
  /** While open: when the next probe is due. */
  untilMs: number | null;
  forcedBy: string | null;
  forcedReason: string | null;
  /** When the operator's word ends by itself; null when somebody has to end it. */
  forcedUntilMs: number | null;
  /** What opened it; null when nobody wrote it down. */
  cause: string | null;
  bucket: TokenBucket | null;
}

/** What must be known of a job and its surroundings to say why it waits. */
export interface WaitingFacts extends LaneFacts {
  job: {
    state: JobState;
    priority: PriorityClass;
    /** When it may start at the earliest. */
    runAtMs: number;
    failures: number;
    /** Why it was set aside, and until when at most; null unless it was. */
    hold: { reason: string; untilMs: number | null; key?: KeyHold } | null;
    /** How often a retry budget has put it off since its failure. */
    deferrals: number;
    /** Whose budget that was; null when nobody knows any more. */
    budget: { kind: "dependency" | "definition"; name: string } | null;
  };
  /** Null when it was not counted. */
  line: WaitingLine | null;
}

/** What a job that waits for others of its concurrency key waits for. */
export interface KeyHold {
  key: string;
  /** Jobs of the key in line or running. */
  admitted: number;
  /** Parked jobs of the key that go before it; `exact` false: at least so many. */
  ahead: number;
  exact: boolean;
  /** The queue takes its keys by turns. */
  fair: boolean;
}

/** The place of a job among those that may start. */
export interface WaitingLine {
  /** Jobs that would be claimed before it; `exact` false: at least so many. */
  ahead: number;
  exact: boolean;
  /** The part of the line its start is reckoned by: those before it there, and how many of it started in `windowMs`. */
  pace: { of: "lane" | "class" | "pool"; ahead: number; exact: boolean; starts: number; windowMs: number };
}
