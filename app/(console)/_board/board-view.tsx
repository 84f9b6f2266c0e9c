"use client";

import { useQuery } from "@tanstack/react-query";
import { boardWords } from "#app/words/board-words.ts";
import { pageWords } from "#app/words/page-words.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { useTRPC } from "../../_trpc/react.tsx";
import { QueryProblem } from "../_parts/query-problem.tsx";
import { ActsPanel } from "./acts-panel.tsx";
import { AttentionPanel } from "./attention-panel.tsx";
import { BoardCharts } from "./board-charts.tsx";
import { BoardTable } from "./board-table.tsx";
import { FleetLine } from "./fleet-line.tsx";
import { PressurePanel } from "./pressure-panel.tsx";
import { VerdictLine } from "./verdict-line.tsx";

/** The Overview: verdict, Board, workers, charts. */
export function BoardView() {
  const trpc = useTRPC();
  const board = useQuery(trpc.overview.board.queryOptions());
  if (!board.data) {
    if (board.error) return <QueryProblem error={board.error} onRetry={() => board.refetch()} />;
    return (
      <>
        <h1 className="sr-only">{boardWords.title}</h1>
        <SkeletonRows rows={10} />
      </>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <h1 className="sr-only">{pageWords.frame.board}</h1>
      {board.data.queues.length === 0 ? (
        <EmptyState title={boardWords.noQueues} action={<CommandLine command="npm run demo" />}>
          {boardWords.noQueuesTeach}
        </EmptyState>
      ) : (
        <>
          <div>
            <VerdictLine board={board.data} />
            <FleetLine fleet={board.data.fleet} />
          </div>
          <AttentionPanel attention={board.data.attention} />
          <PressurePanel pressure={board.data.pressure} />
          <BoardTable board={board.data} />
          <BoardCharts queue={null} />
          <ActsPanel acts={board.data.acts} />
        </>
      )}
    </div>
  );
}
