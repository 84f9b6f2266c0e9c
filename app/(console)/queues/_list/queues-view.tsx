"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { NameList } from "../../_parts/name-list.tsx";
import { useNameList } from "../../_parts/use-name-list.ts";
import { QueueTable } from "./queue-table.tsx";

const refetchMs = 5_000;

/** Every queue, by name, with the figures of the Board and those it has no room for. */
export function QueuesView() {
  const trpc = useTRPC();
  const state = useNameList();
  const { q, after } = state;
  const list = useQuery(
    trpc.queues.list.queryOptions(
      { q, after },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const board = useQuery(trpc.overview.board.queryOptions());
  const live = new Map(board.data?.queues.map((queue) => [queue.name, queue]));
  const queues = list.data?.queues.map((queue) => live.get(queue.name) ?? queue) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{queueWords.title}</h1>
      <NameList state={state} query={list} words={queueWords}>
        {queues.length > 0 ? <QueueTable queues={queues} reasons={board.data?.reasons ?? {}} /> : null}
      </NameList>
    </div>
  );
}
