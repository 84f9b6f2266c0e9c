"use client";

import { useState } from "react";
import { queueWords } from "#app/words/queue-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { useQueueChange } from "./use-queue-change.ts";

/** Jobs that a drain has still to work off. */
export function leftToDrain(queue: BoardQueue): number {
  return waitingJobs(queue) + queue.running + queue.retryable;
}

/** Drains a queue, or cancels that. */
export function DrainButton({ queue }: { queue: BoardQueue }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(queue);
  const { change, pending, problem, reset } = useQueueChange(asked);
  const { name } = queue;
  if (queue.drainingSinceMs !== null) {
    return (
      <Button
        size="small"
        disabled={pending}
        onClick={() => {
          setAsked(queue);
          void change({ draining: false }, "", queueWords.drainCancelled(name));
        }}
      >
        {queueWords.drainCancel}
      </Button>
    );
  }
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setAsked(queue);
          reset();
          setOpen(true);
        }}
      >
        {queueWords.drain}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={async (reason) => {
          if (await change({ draining: true }, reason, queueWords.drains(name))) setOpen(false);
        }}
        title={queueWords.drainTitle(name)}
        what={queueWords.drainWhat(leftToDrain(asked), asked.scheduled)}
        confirm={queueWords.drainDo}
        danger
        needed
        pending={pending}
        problem={problem}
      />
    </>
  );
}
