"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";

const refetchMs = 10_000;
const { recentHead } = workerWords;

/** How what a worker ran lately ended, a page at a time. */
export function EndedAttempts({ id }: { id: string }) {
  const trpc = useTRPC();
  const [cursor, setCursor] = useQueryState("cursor", parseAsString.withOptions({ history: "push" }));
  const found = useQuery(
    trpc.workers.attempts.queryOptions(
      { id, cursor },
      { placeholderData: keepPreviousData, refetchInterval: cursor === null ? refetchMs : false },
    ),
  );
  if (!found.data) {
    if (found.error) return <QueryProblem error={found.error} onRetry={() => found.refetch()} />;
    return <SkeletonRows rows={6} />;
  }
  const { attempts, nextCursor, lookedAt } = found.data;
  return (
    <Panel title={workerWords.recent} note={workerWords.recentNote(lookedAt)}>
      {attempts.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{workerWords.recentNone}</p>
      ) : (
        <Table label={workerWords.recent}>
          <thead className="max-sm:hidden">
            <tr>
              <Th>{recentHead.job}</Th>
              <Th className="w-full">{recentHead.definition}</Th>
              <Th end>{recentHead.attempt}</Th>
              <Th>{recentHead.outcome}</Th>
              <Th end>{recentHead.took}</Th>
              <Th end className="max-sm:hidden">
                {recentHead.ended}
              </Th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((each) => (
              <tr
                key={`${each.jobId} ${each.attempt}`}
                className="hairline-b hover:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto]"
              >
                <Td className="font-mono max-sm:order-3 max-sm:pt-0">
                  <Link href={`/jobs/${each.jobId}`} prefetch={false} className="text-accent hover:underline">
                    {each.jobId}
                  </Link>
                </Td>
                <Td className="w-full truncate max-sm:order-1">{each.definition}</Td>
                <Td end className="max-sm:hidden">
                  {each.attempt}
                </Td>
                <Td className="max-sm:order-2 max-sm:text-right">
                  {each.failureClass === null ? (
                    <span className={each.outcome === "completed" ? "text-ink-3" : ""}>{each.outcome}</span>
                  ) : (
                    <FailureClassBadge failureClass={each.failureClass} />
                  )}
                </Td>
                <Td end className="max-sm:order-4 max-sm:pt-0">
                  {formatDuration(each.finishedAtMs - each.startedAtMs)}
                </Td>
                <Td end className="text-ink-2 max-sm:hidden">
                  <RelativeTime atMs={each.finishedAtMs} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <div className="flex justify-end gap-2 pt-2">
        {cursor === null ? null : <Button onClick={() => setCursor(null)}>{workerWords.newest}</Button>}
        {nextCursor === null ? null : (
          <Button onClick={() => setCursor(nextCursor)}>{workerWords.older}</Button>
        )}
      </div>
    </Panel>
  );
}
