"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";
import type { JobState } from "#core/job/job-state.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { reportOutcome } from "./report-outcome.ts";

/** An act that was begun on some jobs and waits for its reason. */
export interface JobAct {
  kind: "retry" | "cancel";
  jobs: readonly { id: string; state: JobState }[];
}

/** Asks why, says what will happen, does it, and reports. `act` null is closed. */
export function JobActDialog({
  act,
  onClose,
  onDone,
}: {
  act: JobAct | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const shown = useRef<JobAct | null>(null);
  if (act) shown.current = act;
  const last = shown.current;
  return last ? (
    <ActForm
      key={last.jobs.map(({ id }) => id).join()}
      act={last}
      open={act !== null}
      onClose={onClose}
      onDone={onDone}
    />
  ) : null;
}

function ActForm({
  act,
  open,
  onClose,
  onDone,
}: {
  act: JobAct;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { kind, jobs } = act;
  const ids = jobs.map(({ id }) => id);
  const needsReason = kind === "cancel" || ids.length > 1;
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
  const retry = useMutation(trpc.jobs.retry.mutationOptions());
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions());
  const acting = kind === "retry" ? retry : cancel;
  useEffect(() => {
    if (open) setMissing(false);
  }, [open]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (needsReason && reason.trim() === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    const outcome = await acting.mutateAsync({ ids, reason: reason.trim() }).catch(() => null);
    await refresh();
    if (!outcome) return;
    setReason("");
    onDone();
    reportOutcome(act, outcome, async (putBack) => {
      await retry
        .mutateAsync({ ids: putBack, reason: jobWords.putBackReason })
        .catch((error) => toast.error(problemText(error)));
      await refresh();
    });
  };

  const single = jobs.length === 1 ? (jobs[0]?.state ?? null) : null;
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      initialFocus={field}
      title={kind === "retry" ? jobWords.retryTitle(ids) : jobWords.cancelTitle(ids)}
      description={kind === "retry" ? jobWords.retryWhat(ids.length) : jobWords.cancelWhat(single)}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {jobWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone={kind === "retry" ? "primary" : "danger"}
            disabled={acting.isPending}
            focusableWhenDisabled
          >
            {kind === "retry" ? jobWords.retryJobs(ids.length) : jobWords.cancelJobs(ids.length)}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <TextAreaField
          ref={field}
          label={needsReason ? jobWords.reason : jobWords.reasonOptional}
          hint={jobWords.reasonHint}
          error={missing && reason.trim() === "" ? jobWords.reasonNeeded : null}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey))
              event.currentTarget.form?.requestSubmit();
          }}
        />
        {acting.error ? <ErrorState title={jobWords.notDone} detail={problemText(acting.error)} /> : null}
      </form>
    </Dialog>
  );
}
