import { sayDuration } from "../say-duration.ts";
import { type Finding, runbookOf } from "./alert.ts";
import { recencyLevel } from "./recency-level.ts";
import { sayCount } from "./say-count.ts";

/** Jobs of one definition that were given up because their whole-job limit passed. */
export interface OutOfTime {
  definition: string;
  queue: string;
  /** The newest first, a bounded number of them. */
  jobIds: readonly string[];
  jobs: number;
  firstMs: number;
  lastMs: number;
  limitMs: number | null;
  runbookUrl: string | null;
}

/** What the dispatcher should have done by now. */
export interface LateWork {
  kind: "limits" | "due";
  jobs: number;
  oldestMs: number;
  jobId: string;
}

/** How long due work may stand untouched, ms: the dispatcher looks several times a second. */
const lateBoundMs = 10_000;
/** From so many on it is no longer single jobs. */
const criticalJobs = 10;
const mostRetried = 20;

/** Jobs past their promised time, one alert a definition, and due work that the dispatcher does not get to. */
export function findOverdueAlerts(
  ended: readonly OutOfTime[],
  late: readonly LateWork[],
  nowMs: number,
): Finding[] {
  return [...ended.map((jobs) => outOfTime(jobs, nowMs)), ...late.map((work) => notDone(work, nowMs))];
}

function outOfTime(jobs: OutOfTime, nowMs: number): Finding {
  const jobIds = jobs.jobIds.slice(0, mostRetried);
  const [latest] = jobIds;
  const many = sayCount(jobs.jobs, "job");
  return {
    key: `overdue:${jobs.definition}`,
    kind: "overdue",
    level: recencyLevel(jobs.lastMs, nowMs),
    severity: jobs.jobs >= criticalJobs ? "critical" : "warning",
    objectKind: "definition",
    objectId: jobs.definition,
    sinceMs: jobs.firstMs,
    jobIds,
    evidence: [
      { label: "given up in 5 min", value: jobs.jobs, unit: "count" },
      ...(jobs.limitMs === null
        ? []
        : [{ label: "whole-job limit", value: jobs.limitMs, unit: "ms" } as const]),
      { label: "the last", value: jobs.lastMs, unit: "instant" },
      ...(latest === undefined ? [] : [{ label: "job", value: latest, unit: "job" } as const]),
      { label: "queue", value: jobs.queue, unit: "queue" },
    ],
    cause: `${many} of ${jobs.definition} passed ${jobs.jobs === 1 ? "its" : "their"} whole-job limit${jobs.limitMs === null ? "" : ` of ${sayDuration(jobs.limitMs)}`} and ${jobs.jobs === 1 ? "was" : "were"} given up.`,
    ruledOut: [
      "They did not run out of attempts: time ended them (totalMs), whatever the retry policy had left.",
    ],
    whatToDo: [
      "Open one of them: its timeline says whether it waited in line, backed off, or ran for most of the time.",
      "If the result is still wanted, retry them: the limit does not apply to the new run.",
      "If they waited in line, look at what starves the queue; if they backed off, at the retry policy.",
    ],
    containment:
      jobIds.length === 0
        ? null
        : {
            action: "retry-jobs",
            label: jobIds.length === 1 ? `Retry job ${latest}` : `Retry ${jobIds.length} jobs`,
          },
    runbook: runbookOf("overdue", jobs.runbookUrl),
  };
}

function notDone({ kind, jobs, oldestMs, jobId }: LateWork, nowMs: number): Finding {
  const overMs = Math.max(0, nowMs - oldestMs);
  const [service, what] =
    kind === "limits"
      ? ["overdue", "past their whole-job limit and not ended"]
      : ["promote", "due and not put in line"];
  return {
    key: `overdue:dispatcher:${kind}`,
    kind: "overdue",
    level: overMs / lateBoundMs,
    severity: "critical",
    objectKind: "system",
    objectId: "dispatcher",
    sinceMs: oldestMs,
    jobIds: [jobId],
    evidence: [
      { label: what, value: jobs, unit: "count" },
      { label: "the oldest was due", value: oldestMs, unit: "instant" },
      { label: "job", value: jobId, unit: "job" },
    ],
    cause: `Jobs are ${what}, the oldest for ${sayDuration(overMs)}.`,
    ruledOut: ["The dispatcher runs: it found this."],
    whatToDo: [
      `Read the dispatcher's log for a service named ${service} that fails.`,
      "Look at the database's load: it may be behind for a moment after many jobs fell due at once.",
    ],
    containment: null,
    runbook: runbookOf("overdue"),
  };
}
