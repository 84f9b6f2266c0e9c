"use client";

import { useState } from "react";
import { pressureWords } from "#app/words/pressure-words.ts";
import { Button } from "#components/ui/button.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { QueueThresholds } from "#core/pressure/queue-thresholds.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { checkThresholds, toThresholdsDraft } from "./thresholds-draft.ts";
import { useQueueChange } from "./use-queue-change.ts";

const { field, wrong } = pressureWords;
const actions = [
  { value: "reject", label: field.reject },
  { value: "signal", label: field.signal },
] as const;

/** Edits from where on a queue refuses jobs or tells producers to slow down. */
export function ThresholdsDialog({
  queue,
  thresholds,
}: {
  queue: BoardQueue;
  thresholds: QueueThresholds | null;
}) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState({ queue, thresholds });
  const [draft, setDraft] = useState(() => toThresholdsDraft(thresholds));
  const { change, pending, problem, reset } = useQueueChange(asked.queue, {
    thresholds: asked.thresholds,
  });
  const begin = () => {
    setAsked({ queue, thresholds });
    setDraft(toThresholdsDraft(thresholds));
    reset();
    setOpen(true);
  };
  const checked = checkThresholds(draft, asked.queue);
  const { value, contradiction } = checked;
  const errorOf = (isWrong: boolean, text: string, path: "maxDepth" | "maxOldestMs") =>
    isWrong ? text : contradiction?.field === path ? contradiction.message : null;
  const confirm = async (reason: string) => {
    if (value === undefined) return;
    if (await change({ thresholds: value }, reason, pressureWords.saved(asked.queue.name))) setOpen(false);
  };
  const waiting = waitingJobs(asked.queue);
  const effect =
    value === undefined
      ? null
      : value === null
        ? pressureWords.effectNone
        : value.maxDepth !== null && waiting >= value.maxDepth
          ? pressureWords.effectNow(waiting)
          : pressureWords.effectLater;
  return (
    <>
      <Button size="small" onClick={begin}>
        {pressureWords.edit}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={confirm}
        title={pressureWords.editTitle(asked.queue.name)}
        what={pressureWords.editWhat}
        confirm={pressureWords.save}
        needed={false}
        pending={pending || value === undefined}
        problem={problem}
      >
        <NumberField
          label={field.depth}
          hint={field.depthHint}
          unit={field.depthUnit}
          error={errorOf(checked.wrong.depth, wrong.depth, "maxDepth")}
          value={draft.depth}
          onChange={(depth) => setDraft({ ...draft, depth })}
        />
        <DurationField
          label={field.oldest}
          hint={field.oldestHint}
          error={errorOf(checked.wrong.oldest, wrong.oldest, "maxOldestMs")}
          value={draft.oldest}
          onChange={(oldest) => setDraft({ ...draft, oldest })}
        />
        <SelectField
          label={field.action}
          value={draft.action}
          options={actions}
          onChange={(action) => setDraft({ ...draft, action })}
        />
        <p aria-live="polite" className="min-h-5 border-l-2 border-accent pl-3 text-sm text-ink-2">
          {effect}
        </p>
      </ReasonDialog>
    </>
  );
}
