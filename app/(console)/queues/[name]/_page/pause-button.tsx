"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";
import { problemText } from "../../../_parts/problem-text.ts";

const ReasonDialog = dynamic(() =>
  import("../../../_parts/reason-dialog.tsx").then((module) => module.ReasonDialog),
);

/** Pauses a queue, or lets it go on; asks why. */
export function PauseButton({ queue }: { queue: BoardQueue }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [asked, setWasAsked] = useState(false);
  const setPaused = useMutation(trpc.queues.setPaused.mutationOptions());
  // What the dialog says holds still while it is open.
  const [paused, setAsked] = useState(queue.paused);
  const { name } = queue;
  const confirm = async (reason: string) => {
    const done = await setPaused.mutateAsync({ name, paused: !paused, reason }).catch(() => null);
    if (!done) return;
    setOpen(false);
    notify({ text: done.paused ? queueWords.paused(name) : queueWords.resumed(name) });
    await queryClient.invalidateQueries({ queryKey: trpc.queues.pathKey() });
  };
  return (
    <>
      <Button
        size="small"
        tone={queue.paused ? "primary" : "plain"}
        onClick={() => {
          setAsked(queue.paused);
          setPaused.reset();
          setWasAsked(true);
          setOpen(true);
        }}
      >
        {queue.paused ? queueWords.resume : queueWords.pause}
      </Button>
      {asked ? (
        <ReasonDialog
          open={open}
          onClose={() => setOpen(false)}
          onConfirm={confirm}
          title={paused ? queueWords.resumeTitle(name) : queueWords.pauseTitle(name)}
          what={
            paused
              ? queueWords.resumeWhat(queue.held)
              : queueWords.pauseWhat(waitingJobs(queue), queue.running)
          }
          confirm={paused ? queueWords.resumeDo : queueWords.pauseDo}
          danger={!paused}
          needed={!paused}
          pending={setPaused.isPending}
          problem={setPaused.error ? problemText(setPaused.error) : null}
        />
      ) : null}
    </>
  );
}
