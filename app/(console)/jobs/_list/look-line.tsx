"use client";

import { explorerWords } from "#app/words/explorer-words.ts";
import { Button } from "#components/ui/button.tsx";
import { mostRows, type useJobList } from "./use-job-list.ts";
import type { JobQueryState } from "./use-job-query.ts";

/** The end of the list as far as it goes: how far back was looked, and the ways on. */
export function LookLine({ state, shown }: { state: JobQueryState; shown: ReturnType<typeof useJobList> }) {
  const { list, jobs, looked, looking, full } = shown;
  const lastId = list.data?.pages.at(-1)?.nextCursor ?? null;
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm text-ink-3" aria-live="polite">
      {looked && list.hasNextPage ? <span>{explorerWords.looked(looked.examined, looked.toMs)}</span> : null}
      {full && list.hasNextPage ? (
        <>
          <span>{explorerWords.mostRows(mostRows)}</span>
          <Button size="small" onClick={() => state.goTo(lastId)}>
            {explorerWords.goOn}
          </Button>
        </>
      ) : looking.on ? (
        <>
          <span>{explorerWords.looking}</span>
          <Button size="small" onClick={looking.stop}>
            {explorerWords.stopLooking}
          </Button>
        </>
      ) : looked && list.hasNextPage ? (
        <>
          <Button size="small" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {explorerWords.lookFurther}
          </Button>
          <Button size="small" onClick={looking.start}>
            {explorerWords.keepLooking}
          </Button>
        </>
      ) : null}
      {!list.hasNextPage && jobs.length > 0 ? <span>{explorerWords.end}</span> : null}
    </div>
  );
}
