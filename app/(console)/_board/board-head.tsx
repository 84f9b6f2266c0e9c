import { boardWords } from "#app/words/board-words.ts";
import { cn } from "#components/ui/cn.ts";
import { boardGrid } from "./board-row.tsx";

/** What the columns of the Board are; on a phone the rows say it themselves. */
export function BoardHead() {
  return (
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
  );
}
