"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { reportOne } from "./report-one.ts";

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
  const queues = useQuery(trpc.queues.names.queryOptions(undefined, { enabled: kind === "move" }));
  const reprioritise = useMutation(trpc.jobs.reprioritise.mutationOptions());
  const move = useMutation(trpc.jobs.move.mutationOptions());
  const acting = kind === "move" ? move : reprioritise;
  const now = kind === "move" ? job.queue : job.priority;
  const choices = kind === "move" ? (queues.data?.queues ?? [job.queue]) : priorityClasses;
  const [chosen, setChosen] = useState<string>(now);
  const [reason, setReason] = useState("");
  const { title, what, label, confirm, done } = texts[kind];
  const submit = async () => {
    const common = { ids: [job.id], reason };
    const asked =
      kind === "move"
        ? move.mutateAsync({ ...common, queue: chosen })
        : reprioritise.mutateAsync({ ...common, priority: chosen as PriorityClass });
    const outcome = await asked.catch(() => null);
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
    if (!outcome) return;
    reportOne(outcome, done);
    onClose();
  };
  return (
    <FormDialog
      title={title}
      description={what}
      confirm={confirm}
      ready={chosen !== now}
      pending={acting.isPending}
      problem={acting.error ? problemText(acting.error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
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
    </FormDialog>
  );
}
