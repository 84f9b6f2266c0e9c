"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { TextAreaField } from "#components/ui/text-field.tsx";
import { problemText } from "../../../_parts/problem-text.ts";

const mostCharacters = 2_000;

/** Writes a note into the job's timeline. */
export function NoteDialog({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const note = useMutation(trpc.jobs.note.mutationOptions());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (note.isPending || !(await note.mutateAsync({ id: jobId, text }).catch(() => null))) return;
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    notify({ text: jobPageWords.noted });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={field}
      title={jobPageWords.noteTitle}
      description={jobPageWords.noteWhat}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button type="submit" form={formId} tone="primary" disabled={note.isPending} focusableWhenDisabled>
            {jobPageWords.noteDo}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <TextAreaField
          ref={field}
          label={jobPageWords.noteLabel}
          error={missing && text.trim() === "" ? jobPageWords.noteNeeded : null}
          value={text}
          maxLength={mostCharacters}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey))
              event.currentTarget.form?.requestSubmit();
          }}
        />
        {note.error ? <ErrorState title={partWords.notDone} detail={problemText(note.error)} /> : null}
      </form>
    </Dialog>
  );
}
