"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { notify } from "#components/ui/notify.ts";
import { TextAreaField } from "#components/ui/text-field.tsx";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";

const mostCharacters = 2_000;

/** Writes a note into the job's timeline. */
export function NoteDialog({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const note = useMutation(trpc.jobs.note.mutationOptions());
  const submit = async () => {
    if (text.trim() === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (!(await note.mutateAsync({ id: jobId, text }).catch(() => null))) return;
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    notify({ text: jobPageWords.noted });
    onClose();
  };
  return (
    <FormDialog
      initialFocus={field}
      title={jobPageWords.noteTitle}
      description={jobPageWords.noteWhat}
      confirm={jobPageWords.noteDo}
      pending={note.isPending}
      problem={note.error ? problemText(note.error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextAreaField
        ref={field}
        label={jobPageWords.noteLabel}
        error={missing && text.trim() === "" ? jobPageWords.noteNeeded : null}
        value={text}
        maxLength={mostCharacters}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  );
}
