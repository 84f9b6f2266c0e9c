"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { useNowMs } from "#components/domain/now.ts";
import { Button } from "#components/ui/button.tsx";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { parseDuration } from "#core/parse-duration.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";
import { DurationField } from "../../../_parts/duration-field.tsx";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { useQueueChange } from "./use-queue-change.ts";

const longestPauseMs = 30 * 86_400_000;

/** Pauses a queue, or lets it go on. The dialog says what becomes of what waits, is scheduled and runs. */
export function PauseButton({ queue }: { queue: BoardQueue }) {
  const trpc = useTRPC();
  const nowMs = useNowMs();
  const [open, setOpen] = useState(false);
  // What the dialog says holds still while it is open.
  const [asked, setAsked] = useState(queue);
  const [after, setAfter] = useState("");
  const [cancels, setCancels] = useState(false);
  const { change, pending, problem, reset } = useQueueChange(asked);
  const cancel = useMutation(trpc.queues.cancelRunning.mutationOptions());
  const { name, paused } = asked;
  const afterMs = after.trim() === "" ? null : parseDuration(after);
  const wrongAfter = after.trim() !== "" && (afterMs === null || afterMs < 1_000 || afterMs > longestPauseMs);
  const confirm = async (reason: string) => {
    if (wrongAfter) return;
    const until = afterMs === null ? undefined : new Date(nowMs + afterMs).toISOString();
    const wanted = paused ? { paused: false } : { paused: true, pausedUntil: until };
    let detail: string | undefined;
    if (!paused && cancels) {
      const outcome = await cancel.mutateAsync({ name, reason }).catch(() => null);
      if (outcome) detail = queueWords.cancelled(outcome.done.length, outcome.refused.length);
    }
    const text = paused ? queueWords.resumed(name) : queueWords.paused(name);
    if (await change(wanted, reason, text, detail)) setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        tone={queue.paused ? "primary" : "plain"}
        onClick={() => {
          setAsked(queue);
          setAfter("");
          setCancels(false);
          reset();
          setOpen(true);
        }}
      >
        {queue.paused ? queueWords.resume : queueWords.pause}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={confirm}
        title={paused ? queueWords.resumeTitle(name) : queueWords.pauseTitle(name)}
        what={paused ? queueWords.resumeWhat(asked.held) : queueWords.pauseWhat(waitingJobs(asked))}
        confirm={paused ? queueWords.resumeDo : queueWords.pauseDo}
        danger={!paused}
        needed={!paused}
        pending={pending || cancel.isPending}
        problem={problem}
      >
        {paused ? null : (
          <>
            <ul className="list-disc pl-4 text-sm text-ink-2">
              <li>{queueWords.pauseScheduled(asked.scheduled + asked.retryable)}</li>
              <li>{queueWords.pauseRunning(asked.running)}</li>
            </ul>
            {asked.running > 0 ? (
              <SwitchField
                label={queueWords.cancelRunning(asked.running)}
                hint={queueWords.cancelRunningWhy}
                checked={cancels}
                onChange={setCancels}
              />
            ) : null}
            <DurationField
              label={queueWords.resumeAfter}
              hint={queueWords.resumeAfterHint}
              error={wrongAfter ? queueWords.resumeAfterWrong : null}
              value={after}
              onChange={setAfter}
            />
          </>
        )}
      </ReasonDialog>
    </>
  );
}
