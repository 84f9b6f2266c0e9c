"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { bulkWords } from "#app/words/bulk-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { bulkOutcomes, isBulkOver } from "#core/bulk/bulk-state.ts";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";

const which = [...bulkOutcomes, "waiting"] as const;
type Which = (typeof which)[number];
const refetchMs = 3_000;
const { resultHead } = bulkWords;

/** The jobs of an operation by what became of them, a page after another. */
export function Results({ operation }: { operation: BulkView }) {
  const [tab, setTab] = useQueryState("results", parseAsStringLiteral(which).withDefault("done"));
  const counts: Record<Which, number> = {
    done: operation.done,
    failed: operation.failed,
    skipped: operation.skipped,
    waiting: operation.matched - operation.taken,
  };
  return (
    <Panel title={bulkWords.results}>
      <Tabs
        label={bulkWords.results}
        value={tab}
        onChange={setTab}
        tabs={which.map((value) => ({
          value,
          label: `${bulkWords.outcomes[value]} ${counts[value].toLocaleString("en")}`,
          view: <Items operation={operation} which={value} />,
        }))}
      />
    </Panel>
  );
}

function Items({ operation, which: of }: { operation: BulkView; which: Which }) {
  const trpc = useTRPC();
  const after = of === "waiting" ? operation.taken : 0;
  const query = useInfiniteQuery(
    trpc.bulk.items.infiniteQueryOptions(
      { id: operation.id, which: of },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        initialCursor: after,
        placeholderData: keepPreviousData,
        refetchInterval: isBulkOver(operation.state) ? false : refetchMs,
      },
    ),
  );
  if (query.error) return <QueryProblem error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={6} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="py-2 text-sm text-ink-3">{bulkWords.noResults[of]}</p>;
  return (
    <div className="flex flex-col gap-2">
      <Table label={`${bulkWords.results}: ${bulkWords.outcomes[of]}`}>
        <thead className="max-sm:sr-only">
          <tr>
            <Th>{resultHead.job}</Th>
            <Th>{resultHead.now}</Th>
            <Th className="max-sm:hidden">{resultHead.definition}</Th>
            <Th className="w-full">{resultHead.told}</Th>
            <Th end>{resultHead.at}</Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.ordinal} className="hairline-b hover:bg-hover">
              <Td className="font-mono">
                <Link href={`/jobs/${item.jobId}`} prefetch={false} className="text-accent hover:underline">
                  {item.jobId}
                </Link>
              </Td>
              <Td>{item.job ? <JobStateBadge state={item.job.state} /> : bulkWords.gone}</Td>
              <Td className="text-ink-2 max-sm:hidden">{item.job?.definition}</Td>
              <Td className="text-ink-2 max-sm:whitespace-normal">
                {item.detail ? <ForeignText text={item.detail} /> : null}
              </Td>
              <Td end className="text-ink-3">
                {item.atMs === null ? null : <RelativeTime atMs={item.atMs} />}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {query.hasNextPage ? (
        <div>
          <Button onClick={() => query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            {bulkWords.moreResults}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
