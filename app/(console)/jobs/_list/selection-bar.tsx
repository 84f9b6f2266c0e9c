"use client";

import { useRole } from "#app/_session/use-role.ts";
import { explorerWords } from "#app/words/explorer-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { JobAct } from "../_act/job-act-dialog.tsx";

/**
 * What can be done to the selected jobs, where the hand already is. `total` is how many match the filter, in words, when
 * there are more of them than are selected; all of those are handed on as a filter, never as a list.
 */
export function SelectionBar({
  count,
  total,
  onAct,
  onSelectAllMatching,
  onClear,
}: {
  count: number;
  total: string | null;
  onAct: (kind: JobAct["kind"]) => void;
  onSelectAllMatching: (() => void) | null;
  onClear: () => void;
}) {
  const mayAct = roleCovers(useRole(), "operator");
  return (
    <section
      aria-label={jobWords.selected(count)}
      className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-md border border-line bg-float p-1.5 pl-3 text-sm shadow-float max-sm:bottom-16 max-sm:w-[calc(100vw-16px)] max-sm:flex-wrap"
    >
      <span aria-live="polite" className="whitespace-nowrap">
        {jobWords.selected(count)}
      </span>
      {mayAct ? (
        <>
          <Button onClick={() => onAct("retry")}>{jobWords.retryJobs(count)}</Button>
          <Button onClick={() => onAct("cancel")}>{jobWords.cancelJobs(count)}</Button>
          {total !== null && onSelectAllMatching ? (
            <Button onClick={onSelectAllMatching}>{explorerWords.selectAll(total)}</Button>
          ) : null}
        </>
      ) : null}
      <Button tone="quiet" onClick={onClear}>
        {jobWords.clearSelection}
      </Button>
    </section>
  );
}
