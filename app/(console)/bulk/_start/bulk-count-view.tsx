import { bulkWords } from "#app/words/bulk-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { Figure } from "#components/domain/figure.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatExactCount } from "#components/domain/format-count.ts";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import { type BulkAction, maxBulkJobs } from "#core/bulk/bulk-action.ts";
import { isWaiting, type JobState, retryableByOperator } from "#core/job/job-state.ts";
import type { BulkCountView as Counted } from "#server/api/bulk/bulk-count-view.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";

const kinds = ["state", "queue", "definition", "class"] as const;

/** How many jobs an act would be done to, what they are, and which of them it would skip. */
export function BulkCountView({
  action,
  count,
  chosen,
}: {
  action: BulkAction;
  count: Counted;
  chosen: boolean;
}) {
  const { matched, exact, looked, breakdown, sample, recent } = count;
  if (matched === 0) return <p className="font-medium">{bulkWords.nothing}</p>;
  if (matched > maxBulkJobs) return <p className="font-medium">{bulkWords.tooMany}</p>;
  const skipped = breakdown.state
    .filter(({ name }) => !allows(action, name as JobState))
    .reduce((sum, { jobs }) => sum + jobs, 0);
  const ended = recent.completed + recent.failed;
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="text-base">
          <Figure
            value={matched}
            exactness={exact ? "exact" : "at-least"}
            className="text-title font-semibold"
          />{" "}
          {bulkWords.counted(matched)}
        </p>
        {chosen ? null : (
          <p className="text-sm text-ink-3">{exact ? bulkWords.exactWhy : bulkWords.atLeastWhy}</p>
        )}
        {skipped > 0 ? <p className="text-sm text-gate-caution">{bulkWords.skips(skipped)}</p> : null}
        {looked < matched ? <p className="text-sm text-ink-3">{bulkWords.looked(looked)}</p> : null}
      </div>
      <dl className="flex flex-col gap-1 text-sm">
        {kinds.map((kind) =>
          breakdown[kind].length === 0 ? null : (
            <div key={kind} className="flex gap-3">
              <dt className="w-20 shrink-0 text-ink-3">{bulkWords.breakdown[kind]}</dt>
              <dd className="flex min-w-0 flex-wrap gap-x-4">
                {breakdown[kind].map(({ name, jobs }) => (
                  <span key={name} className="inline-flex items-center gap-1.5">
                    {kind === "state" ? (
                      <JobStateBadge state={name as JobState} />
                    ) : kind === "class" ? (
                      <FailureClassBadge failureClass={name} />
                    ) : (
                      <ForeignText text={name} />
                    )}
                    <span className="text-ink-3">{formatExactCount(jobs)}</span>
                  </span>
                ))}
              </dd>
            </div>
          ),
        )}
      </dl>
      {action === "retry" ? (
        <p className="text-sm text-ink-2">
          {ended === 0
            ? bulkWords.recentNone
            : recent.failed > recent.completed
              ? bulkWords.recentBad(recent.failed / ended)
              : bulkWords.recentGood(recent.completed / ended)}
        </p>
      ) : null}
      {sample.length > 0 ? <Sample jobs={sample} /> : null}
    </div>
  );
}

function Sample({ jobs }: { jobs: JobSummary[] }) {
  return (
    <Table label={bulkWords.sample}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{bulkWords.job}</Th>
          <Th>{bulkWords.state}</Th>
          <Th className="max-sm:hidden">{bulkWords.definition}</Th>
          <Th className="w-full max-sm:hidden">{bulkWords.error}</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id} className="hairline-b">
            <Td className="font-mono">{job.id}</Td>
            <Td>
              <JobStateBadge state={job.state} />
            </Td>
            <Td className="max-sm:hidden">{job.definition}</Td>
            <Td className="max-w-0 truncate text-ink-2 max-sm:hidden">
              {job.lastError ? (
                <ForeignText text={`${job.lastError.name ?? ""} ${job.lastError.message ?? ""}`.trim()} />
              ) : (
                words.none
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Whether the state of a job allows the act; what the server does decides, this only says what to expect. */
function allows(action: BulkAction, state: JobState): boolean {
  switch (action) {
    case "retry":
      return retryableByOperator.includes(state);
    case "cancel":
      return isWaiting(state) || state === "running";
    case "reprioritise":
      return isWaiting(state);
    case "move":
      return isWaiting(state) || state === "dead";
    case "discard":
      return state === "dead";
    case "restore":
      return state === "cancelled" || state === "dead";
  }
}
