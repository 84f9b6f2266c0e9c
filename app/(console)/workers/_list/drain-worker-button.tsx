"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import type { WorkerSummary } from "#server/api/routers/workers.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";

/** Drains a live worker, or takes that back. */
export function DrainWorkerButton({ worker }: { worker: WorkerSummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const drain = useMutation(trpc.workers.drain.mutationOptions());
  const { id, host, running } = worker;
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.workers.pathKey() });
  const takeBack = async () => {
    const done = await drain
      .mutateAsync({ id, draining: false, reason: "" })
      .catch((error: Parameters<typeof problemText>[0]) => {
        notify({ text: problemText(error), tone: "error" });
        return null;
      });
    if (done) notify({ text: workerWords.undrained(id) });
    await refresh();
  };
  const confirm = async (reason: string) => {
    const done = await drain.mutateAsync({ id, draining: true, reason }).catch(() => null);
    if (!done) return;
    setOpen(false);
    notify({ text: workerWords.drains(id), action: { label: workerWords.undo, onPress: takeBack } });
    await refresh();
  };
  if (worker.endedAtMs !== null) return null;
  if (worker.state === "draining") {
    return (
      <Button size="small" disabled={drain.isPending} onClick={takeBack}>
        {workerWords.undrain}
      </Button>
    );
  }
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          drain.reset();
          setOpen(true);
        }}
      >
        {workerWords.drain}
      </Button>
      <ReasonDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={confirm}
        title={workerWords.drainTitle(host, id)}
        what={workerWords.drainWhat(running)}
        confirm={workerWords.drainDo}
        danger
        needed
        pending={drain.isPending}
        problem={drain.error ? problemText(drain.error) : null}
      />
    </>
  );
}
