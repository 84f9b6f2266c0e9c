"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";

const texts = {
  discard: {
    title: jobPageWords.discardTitle,
    what: jobPageWords.discardWhat,
    confirm: jobPageWords.discardDo,
    done: jobPageWords.discarded,
  },
  restore: {
    title: jobPageWords.restoreTitle,
    what: jobPageWords.restoreWhat,
    confirm: jobPageWords.restoreDo,
    done: jobPageWords.restored,
  },
} as const;

/** Discards a dead job, or takes a cancel or a discard back. `kind` null is closed. */
export function UndoDialog({
  jobId,
  kind,
  onClose,
}: {
  jobId: string;
  kind: keyof typeof texts | null;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const discard = useMutation(trpc.jobs.discard.mutationOptions());
  const restore = useMutation(trpc.jobs.restore.mutationOptions());
  if (kind === null) return null;
  const acting = kind === "discard" ? discard : restore;
  const { title, what, confirm, done } = texts[kind];
  const act = async (reason: string) => {
    const outcome = await acting.mutateAsync({ ids: [jobId], reason }).catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    if (!outcome) return;
    const refusal = outcome.refused[0];
    notify(refusal ? { tone: "warning", text: refusal.message } : { text: done });
    onClose();
  };
  return (
    <ReasonDialog
      open
      onClose={onClose}
      onConfirm={act}
      title={title}
      what={what}
      confirm={confirm}
      danger={kind === "discard"}
      needed={kind === "discard"}
      pending={acting.isPending}
      problem={acting.error ? problemText(acting.error) : null}
    />
  );
}
