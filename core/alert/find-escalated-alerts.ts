import { type Finding, runbookOf } from "./alert.ts";
import { sayCount } from "./say-count.ts";

/** Jobs of one definition whose policy asks a person, and that nobody has dealt with. */
export interface EscalatedJobs {
  definition: string;
  queue: string;
  /** The newest first, a bounded number of them. */
  jobIds: readonly string[];
  /** `exact` false: at least so many. */
  jobs: number;
  exact: boolean;
  firstMs: number;
  lastMs: number;
  /** Why the newest of them ended. */
  reason: string;
  runbookUrl: string | null;
}

/** How the reason of a job begins whose policy asks a person; an index of the database has it too. */
const escalatedPrefix = "escalated: ";
const mostRetried = 20;

/** The reason that stands on such a job: why nothing more is tried. */
export function escalatedReason(because: readonly string[]): string {
  return `${escalatedPrefix}${because.at(-2) ?? because.at(-1) ?? "no attempt is left"}`;
}

/** Jobs that wait for a person: one alert a definition, until they are retried or discarded. */
export function findEscalatedAlerts(escalated: readonly EscalatedJobs[]): Finding[] {
  return escalated.map((jobs): Finding => {
    const { definition, queue, firstMs, lastMs, reason } = jobs;
    const jobIds = jobs.jobIds.slice(0, mostRetried);
    const [latest] = jobIds;
    const many = `${jobs.exact ? "" : "at least "}${sayCount(jobs.jobs, "job")}`;
    return {
      key: `escalated:${definition}`,
      kind: "escalated",
      level: 2,
      severity: "critical",
      objectKind: "definition",
      objectId: definition,
      sinceMs: firstMs,
      jobIds,
      evidence: [
        { label: "jobs", value: jobs.jobs, unit: "count" },
        { label: "the last", value: lastMs, unit: "instant" },
        ...(latest === undefined ? [] : [{ label: "job", value: latest, unit: "job" } as const]),
        { label: "queue", value: queue, unit: "queue" },
      ],
      cause: `The policy of ${definition} asks a person about ${many}: ${reason.slice(escalatedPrefix.length)}.`,
      ruledOut: ["They are not tried again by themselves: the policy ends there."],
      whatToDo: [
        "Open one of them: its attempts say what failed.",
        "Mend the cause, then retry them; those whose result nobody wants any more are discarded in the dead letter.",
      ],
      containment:
        latest === undefined
          ? null
          : {
              action: "retry-jobs",
              label: jobIds.length === 1 ? `Retry job ${latest}` : `Retry ${jobIds.length} jobs`,
            },
      runbook: runbookOf("escalated", jobs.runbookUrl),
    };
  });
}
