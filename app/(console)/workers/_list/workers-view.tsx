"use client";

import { useQuery } from "@tanstack/react-query";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { WorkerTable } from "./worker-table.tsx";

const refetchMs = 2_000;

/** Who does the work: live workers, and those that ended a moment ago. */
export function WorkersView() {
  const trpc = useTRPC();
  const fleet = useQuery(trpc.workers.list.queryOptions(undefined, { refetchInterval: refetchMs }));
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const live = fleet.data?.workers.filter((worker) => worker.endedAtMs === null) ?? [];
  const ended = fleet.data?.workers.filter((worker) => worker.endedAtMs !== null) ?? [];
  const sum = (of: "running" | "concurrency") => live.reduce((total, worker) => total + worker[of], 0);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">{workerWords.title}</h1>
      {fleet.data ? (
        <>
          {live.length === 0 ? (
            <EmptyState
              title={workerWords.none}
              action={
                <div className="flex flex-wrap gap-2">
                  <CommandLine command="npx signalbox worker ./jobs.ts" />
                  <CommandLine command="npm run demo" />
                </div>
              }
            >
              {workerWords.noneTeach}
            </EmptyState>
          ) : (
            <Panel
              title={workerWords.live}
              note={workerWords.summary(live.length, sum("running"), sum("concurrency"))}
            >
              <WorkerTable label={workerWords.live} workers={live} />
            </Panel>
          )}
          {ended.length > 0 ? (
            <Panel title={workerWords.ended}>
              <WorkerTable label={workerWords.ended} workers={ended} />
            </Panel>
          ) : null}
          {fleet.data.more ? <p className="text-sm text-ink-3">{workerWords.more}</p> : null}
        </>
      ) : fleet.error ? (
        <QueryProblem error={fleet.error} onRetry={() => fleet.refetch()} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </div>
  );
}
