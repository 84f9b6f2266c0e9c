"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { ActDialog } from "../../../_parts/act-dialog.tsx";
import { reportOne } from "./report-one.ts";

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
  const discard = useMutation(trpc.jobs.discard.mutationOptions());
  const restore = useMutation(trpc.jobs.restore.mutationOptions());
  if (kind === null) return null;
  const acting = kind === "discard" ? discard : restore;
  const { title, what, confirm, done } = texts[kind];
  return (
    <ActDialog
      open
      ids={[jobId]}
      acting={acting}
      changes={trpc.jobs.pathKey()}
      title={title}
      what={what}
      confirm={confirm}
      danger={kind === "discard"}
      needed={kind === "discard"}
      onClose={onClose}
      onDone={(outcome) => {
        reportOne(outcome, done);
        onClose();
      }}
    />
  );
}
