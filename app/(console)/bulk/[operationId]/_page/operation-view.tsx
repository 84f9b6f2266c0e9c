"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { bulkWords } from "#app/words/bulk-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { isBulkOver } from "#core/bulk/bulk-state.ts";
import { BackLink } from "../../../_parts/back-link.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { Unread } from "../../../_parts/unread.tsx";
import { BulkStateBadge } from "../../_parts/bulk-state-badge.tsx";
import { Fates } from "./fates.tsx";
import { HaltNotice } from "./halt-notice.tsx";
import { OperationFacts } from "./operation-facts.tsx";
import { Progress } from "./progress.tsx";
import { Results } from "./results.tsx";
import { SteerButtons } from "./steer-buttons.tsx";

/** How often it is asked anew, ms: quickly while it goes on or its jobs may still finish. */
const liveMs = 700;
const quietMs = 5_000;

/** One operation: how far it is, why it stopped, how its jobs fared, and what can be done about it. */
export function OperationView({ operationId }: { operationId: string }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.bulk.get.queryOptions(
      { id: operationId },
      {
        // What could not be read asks again by itself, see QueryProblem.
        refetchInterval: ({ state: { data } }) =>
          data ? (isBulkOver(data.operation.state) && !data.fates?.waiting ? quietMs : liveMs) : false,
      },
    ),
  );
  const { data } = query;
  if (!data)
    return (
      <>
        <h1 className="sr-only">{bulkWords.title}</h1>
        <Unread query={query} rows={10} />
      </>
    );
  const { operation, fates } = data;
  return (
    <div className="flex flex-col gap-5">
      {query.error ? <QueryProblem error={query.error} onRetry={() => query.refetch()} /> : null}
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="flex min-w-0 grow flex-col gap-1">
          <BackLink href="/bulk">{bulkWords.title}</BackLink>
          <h1 className="text-title font-semibold">
            <ForeignText text={operation.summary} />
          </h1>
          <p aria-live="polite">
            <BulkStateBadge state={operation.state} />
          </p>
        </div>
        <SteerButtons operation={operation} />
      </header>
      {operation.halt ? <HaltNotice halt={operation.halt} /> : null}
      <Progress operation={operation} asOfMs={data.asOfMs} />
      <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-x-8 gap-y-5 max-lg:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-5">
          {fates ? <Fates fates={fates} operation={operation} /> : null}
          <Results operation={operation} />
        </div>
        <Panel title={bulkWords.facts}>
          <OperationFacts operation={operation} />
        </Panel>
      </div>
    </div>
  );
}
