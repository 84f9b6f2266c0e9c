"use client";

import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { JobAct } from "../_act/job-act-dialog.tsx";

/** What can be done to the selected jobs, where the hand already is. */
export function SelectionBar({
  count,
  onAct,
  onClear,
}: {
  count: number;
  onAct: (kind: JobAct["kind"]) => void;
  onClear: () => void;
}) {
  return (
    <section
      aria-label={jobWords.selected(count)}
      className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-md border border-line bg-float p-1.5 pl-3 text-sm shadow-float max-sm:bottom-16 max-sm:w-[calc(100vw-16px)] max-sm:flex-wrap"
    >
      <span aria-live="polite" className="whitespace-nowrap">
        {jobWords.selected(count)}
      </span>
      <Button onClick={() => onAct("retry")}>{jobWords.retryJobs(count)}</Button>
      <Button onClick={() => onAct("cancel")}>{jobWords.cancelJobs(count)}</Button>
      <Button tone="quiet" onClick={onClear}>
        {jobWords.clearSelection}
      </Button>
    </section>
  );
}
