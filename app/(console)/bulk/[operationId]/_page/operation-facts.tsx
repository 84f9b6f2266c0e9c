import Link from "next/link";
import { bulkWords } from "#app/words/bulk-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { queryOfFilter } from "#core/query/query-of-filter.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";

/** Who asked for what, when and why, and at which pace. */
export function OperationFacts({ operation }: { operation: BulkView }) {
  const { filter, takesBack, guard, reason } = operation;
  return (
    <dl>
      <Fact name={bulkWords.by}>
        <ForeignText text={operation.actor} />
      </Fact>
      <Fact name={bulkWords.reason}>{reason === null ? null : <ForeignText text={reason} />}</Fact>
      <Fact name={bulkWords.begun}>
        <RelativeTime atMs={operation.createdAtMs} />
      </Fact>
      <Fact name={bulkWords.ended}>
        {operation.finishedAtMs === null ? null : <RelativeTime atMs={operation.finishedAtMs} />}
      </Fact>
      <Fact name={bulkWords.canaryName}>
        {operation.act.action === "retry" ? bulkWords.canaryFact(guard.canary) : null}
      </Fact>
      <Fact name={bulkWords.rateName}>{bulkWords.rateFact(guard.startPerSecond, guard.maxPerSecond)}</Fact>
      <Fact name={bulkWords.filter}>
        {filter === null ? null : (
          <Link
            href={`/jobs?q=${encodeURIComponent(queryOfFilter(filter))}`}
            prefetch={false}
            className="text-accent hover:underline"
          >
            {bulkWords.openJobs}
          </Link>
        )}
      </Fact>
      <Fact name={bulkWords.takesBack}>
        {takesBack === null ? null : (
          <Link
            href={`/bulk/${takesBack}`}
            prefetch={false}
            className="font-mono text-accent hover:underline"
          >
            {takesBack}
          </Link>
        )}
      </Fact>
      <Fact name={bulkWords.takeBackUntil}>
        {operation.takeBackUntilMs === null ? null : <RelativeTime atMs={operation.takeBackUntilMs} />}
      </Fact>
    </dl>
  );
}
