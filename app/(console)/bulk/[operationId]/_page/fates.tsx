import Link from "next/link";
import { bulkWords } from "#app/words/bulk-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { WatchedJobs } from "#core/bulk/judge-jobs.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";

/** How the retried jobs fared since, with the figures that the verdict rests on. */
export function Fates({ fates, operation }: { fates: WatchedJobs & { of: number }; operation: BulkView }) {
  const { verdict, guard } = operation;
  const fresh = fates.newGroups.reduce((sum, { jobs }) => sum + jobs, 0);
  const figures = [
    { word: bulkWords.succeeded, count: fates.succeeded },
    { word: bulkWords.failedAgain, count: fates.failedAgain },
    { word: bulkWords.failedNew, count: fresh },
    { word: bulkWords.stillWaiting, count: fates.waiting },
  ];
  return (
    <Panel title={bulkWords.verdict} note={bulkWords.verdictOf(fates.of)}>
      <dl className="grid grid-cols-4 gap-4 py-2 max-sm:grid-cols-2">
        {figures.map(({ word, count }) => (
          <div key={word} className="flex flex-col-reverse">
            <dt className="text-sm text-ink-3">{word}</dt>
            <dd>
              <Figure value={count} className="text-title font-semibold" />
            </dd>
          </div>
        ))}
      </dl>
      {fates.newGroups.map(({ fingerprint, jobs }) => (
        <p key={fingerprint} className="text-sm">
          <Link href={`/failures/${fingerprint}`} prefetch={false} className="text-accent hover:underline">
            {bulkWords.newGroup}
          </Link>{" "}
          <span className="text-ink-3">{jobs}</span>
        </p>
      ))}
      {verdict && verdict.finished > 0 ? (
        <p className="text-sm text-ink-2">
          {bulkWords.share(verdict.failed, verdict.finished, verdict.failedShare, verdict.failedShareAtLeast)}{" "}
          {bulkWords.law(guard.haltAboveShare)}
        </p>
      ) : null}
    </Panel>
  );
}
