"use client";

import dynamic from "next/dynamic";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { JobActDialog } from "../../_act/job-act-dialog.tsx";
import { UndoDialog } from "./undo-dialog.tsx";

const EditDialog = dynamic(() => import("./edit-dialog.tsx").then((module) => module.EditDialog));
const NoteDialog = dynamic(() => import("./note-dialog.tsx").then((module) => module.NoteDialog));
const ChoiceDialog = dynamic(() => import("./choice-dialog.tsx").then((module) => module.ChoiceDialog));

export type JobDialogKind =
  | "retry"
  | "cancel"
  | "edit"
  | "reprioritise"
  | "move"
  | "note"
  | "discard"
  | "restore";

/** The dialog of whatever was begun on this job; `kind` null is none. */
export function JobDialogs({
  job,
  kind,
  onClose,
}: {
  job: JobPage;
  kind: JobDialogKind | null;
  onClose: () => void;
}) {
  const { id, state } = job;
  const act = kind === "retry" || kind === "cancel" ? { kind, jobs: [{ id, state }] } : null;
  const undo = kind === "discard" || kind === "restore" ? kind : null;
  return (
    <>
      <JobActDialog act={act} onClose={onClose} onDone={onClose} />
      <UndoDialog jobId={id} kind={undo} onClose={onClose} />
      {kind === "edit" ? <EditDialog job={job} onClose={onClose} /> : null}
      {kind === "note" ? <NoteDialog jobId={id} onClose={onClose} /> : null}
      {kind === "reprioritise" || kind === "move" ? (
        <ChoiceDialog job={job} kind={kind} onClose={onClose} />
      ) : null}
    </>
  );
}
