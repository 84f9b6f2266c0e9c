import type { Queryable } from "#db/client.ts";
import { countJobs, type JobCounts } from "#server/store/doctor/count-jobs.ts";
import { findMisplacedJobs, type PlacementCheck } from "#server/store/doctor/find-misplaced-jobs.ts";
import { type Finding, judge } from "./finding.ts";
import { formatCount } from "./format-count.ts";

/** Most jobs whose placement is looked at one by one. */
const mostExamined = 500_000;

export interface JobsReport {
  findings: Finding[];
  counts: JobCounts & { waiting: number; placed: number };
  placement: PlacementCheck & { exact: boolean };
}

/** That no job is lost: each is in exactly one place, and the places add up to what was submitted. */
export async function checkJobs(db: Queryable): Promise<JobsReport> {
  const counted = await countJobs(db);
  const { submitted, pending, scheduled, retryable, ready, held, running, completed, dead, cancelled } =
    counted;
  const waiting = pending + scheduled + retryable + ready + held;
  const placed = waiting + running + completed + dead + cancelled;
  const placement = await findMisplacedJobs(db, mostExamined);
  // Jobs submitted between the two looks are among those examined.
  const exact = placement.examined < mostExamined;
  const of = exact
    ? `all ${formatCount(placement.examined)}`
    : `the newest ${formatCount(placement.examined)}`;
  const worst = placement.misplaced
    .slice(0, 5)
    .map(({ id, placements }) => `${id} (${placements.length === 0 ? "nowhere" : placements.join(" and ")})`);
  const sum = [
    `waiting ${formatCount(waiting)}`,
    `running ${formatCount(running)}`,
    `completed ${formatCount(completed)}`,
    `dead ${formatCount(dead)}`,
    `cancelled ${formatCount(cancelled)}`,
  ].join(" + ");
  const sign = submitted === placed ? "=" : "≠";
  const report = "keep the database as it is and report it with this output: this is a fault of Signalbox";
  return {
    counts: { ...counted, waiting, placed },
    placement: { ...placement, exact },
    findings: [
      judge(
        "jobs add up",
        submitted === placed,
        `submitted ${formatCount(submitted)} ${sign} ${sum} (exact)`,
        {
          status: "broken",
          fix: report,
        },
      ),
      judge(
        "one place a job",
        placement.misplaced.length === 0,
        placement.misplaced.length === 0
          ? `each of ${of} is in exactly one (${exact ? "exact" : "sampled"})`
          : `${placement.misplaced.length}${placement.misplaced.length >= 100 ? " or more" : ""} of ${of} are not: ${worst.join(", ")}`,
        { status: "broken", fix: report },
      ),
    ],
  };
}
