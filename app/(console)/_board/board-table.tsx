"use client";

import { useState } from "react";
import { boardWords } from "#app/words/board-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { barScale } from "./bar-scale.ts";
import { BoardHead } from "./board-head.tsx";
import { BoardRow } from "./board-row.tsx";
import { ClassLegend } from "./class-legend.tsx";
import { waitingJobs } from "./find-signal.ts";
import { sortByNeed } from "./sort-by-need.ts";

/** The Board. Rows keep their places while figures change; a button puts those first that need somebody now. */
export function BoardTable({ board }: { board: BoardSnapshot }) {
  const [order, setOrder] = useState(() => sortByNeed(board.queues, board.attention));
  const byName = new Map(board.queues.map((queue) => [queue.name, queue]));
  const kept = order.filter((name) => byName.has(name));
  const shown = [...kept, ...[...byName.keys()].filter((name) => !order.includes(name))];
  const wanted = sortByNeed(board.queues, board.attention);
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
      <BoardHead />
      <ul aria-label={boardWords.title}>
        {shown.map((name) => {
          const queue = byName.get(name);
          if (!queue) return null;
          const share = scale.share(waitingJobs(queue));
          return <BoardRow key={name} queue={queue} share={share} reasons={board.reasons[name]} />;
        })}
      </ul>
      {board.more ? <p className="px-2 py-2 text-sm text-ink-3">{boardWords.more}</p> : null}
    </div>
  );
}
