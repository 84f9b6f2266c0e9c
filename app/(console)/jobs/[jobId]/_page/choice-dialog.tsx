"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { problemText } from "../../../_parts/problem-text.ts";

const texts = {
  reprioritise: {
    title: jobPageWords.priorityTitle,
    what: jobPageWords.priorityWhat,
    label: jobPageWords.priorityLabel,
    confirm: jobPageWords.priorityDo,
    done: jobPageWords.prioritised,
  },
  move: {
    title: jobPageWords.moveTitle,
    what: jobPageWords.moveWhat,
    label: jobPageWords.moveLabel,
    confirm: jobPageWords.moveDo,
    done: jobPageWords.moved,
  },
} as const;

/** Gives the job another class or another queue. */
export function ChoiceDialog({
  job,
  kind,
  onClose,
}: {
  job: JobPage;
  kind: keyof typeof texts;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const queues = useQuery(trpc.queues.names.queryOptions(undefined, { enabled: kind === "move" }));
  const reprioritise = useMutation(trpc.jobs.reprioritise.mutationOptions());
  const move = useMutation(trpc.jobs.move.mutationOptions());
  const acting = kind === "move" ? move : reprioritise;
  const now = kind === "move" ? job.queue : job.priority;
  const choices = kind === "move" ? (queues.data?.queues ?? [job.queue]) : priorityClasses;
  const [chosen, setChosen] = useState<string>(now);
  const [reason, setReason] = useState("");
  const { title, what, label, confirm, done } = texts[kind];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (acting.isPending || chosen === now) return;
    const common = { ids: [job.id], reason };
    const asked =
      kind === "move"
        ? move.mutateAsync({ ...common, queue: chosen })
        : reprioritise.mutateAsync({ ...common, priority: chosen as PriorityClass });
    const outcome = await asked.catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    if (!outcome) return;
    const refusal = outcome.refused[0];
    notify(refusal ? { tone: "warning", text: refusal.message } : { text: done });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone="primary"
            disabled={acting.isPending || chosen === now}
            focusableWhenDisabled
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <SelectField
          label={label}
          value={chosen}
          options={choices.map((value) => ({ value, label: value }))}
          onChange={setChosen}
        />
        <TextInputField
          label={partWords.reasonOptional}
          hint={partWords.reasonHint}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {acting.error ? <ErrorState title={partWords.notDone} detail={problemText(acting.error)} /> : null}
      </form>
    </Dialog>
  );
}
