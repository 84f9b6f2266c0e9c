"use client";

import { useState } from "react";
import { useNowMs } from "#components/domain/now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { barScale } from "./bar-scale.ts";
import { BoardRow, boardGrid } from "./board-row.tsx";
import { boardWords } from "./board-words.ts";
import { ClassLegend } from "./class-legend.tsx";
import { waitingJobs } from "./find-signal.ts";
import { sortByNeed } from "./sort-by-need.ts";

/** The Board. Rows keep their places while figures change; a button puts those first that need somebody now. */
export function BoardTable({ board }: { board: BoardSnapshot }) {
  const nowMs = useNowMs();
  const [order, setOrder] = useState(() => sortByNeed(board.queues));
  const byName = new Map(board.queues.map((queue) => [queue.name, queue]));
  const kept = order.filter((name) => byName.has(name));
  const shown = [...kept, ...[...byName.keys()].filter((name) => !order.includes(name))];
  const wanted = sortByNeed(board.queues);
  const scale = barScale(board.queues.map(waitingJobs));
  return (
    <div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 pb-1">
        <ClassLegend />
        {scale.log ? <span className="text-sm text-ink-3">{boardWords.logScale}</span> : null}
        {wanted.join() === shown.join() ? null : (
          <Button size="small" className="ml-auto" onClick={() => setOrder(wanted)}>
            {boardWords.sortAgain}
          </Button>
        )}
      </div>
      <div aria-hidden className={cn(boardGrid, "hairline-b h-7 text-sm text-ink-3 max-sm:hidden")}>
        <span className="pl-2">{boardWords.queue}</span>
        <span className="text-right" title={boardWords.arrivalsWhy}>
          {boardWords.arrivals}
        </span>
        <span className="col-span-2 pl-3" title={boardWords.waitingWhy}>
          {boardWords.waiting}
        </span>
        <span />
        <span title={boardWords.runningWhy}>{boardWords.running}</span>
        <span className="pr-1 text-right" title={boardWords.finishesWhy}>
          {boardWords.finishes}
        </span>
        <span className="text-right max-lg:hidden" title={boardWords.failingWhy}>
          {boardWords.failing}
        </span>
        <span className="text-right max-lg:hidden" title={boardWords.oldestWhy}>
          {boardWords.oldest}
        </span>
        <span className="pr-2 text-right max-lg:hidden" title={boardWords.forecastWhy}>
          {boardWords.forecastHead}
        </span>
      </div>
      <ul aria-label={boardWords.title}>
        {shown.map((name) => {
          const queue = byName.get(name);
          return queue ? (
            <BoardRow key={name} queue={queue} share={scale.share(waitingJobs(queue))} nowMs={nowMs} />
          ) : null;
        })}
      </ul>
      {board.more ? <p className="px-2 py-2 text-sm text-ink-3">{boardWords.more}</p> : null}
    </div>
  );
}
