"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { JobState } from "#core/job/job-state.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { useLastShown } from "../../_parts/use-last-shown.ts";
import { reportOutcome } from "./report-outcome.ts";

const ActDialog = dynamic(() => import("../../_parts/act-dialog.tsx").then((module) => module.ActDialog));

/** An act that was begun on some jobs and waits for its reason. */
export interface JobAct {
  kind: "retry" | "cancel";
  jobs: readonly { id: string; state: JobState }[];
}

/** Asks why, does it to each job, and reports. `act` null is closed. */
export function JobActDialog({
  act,
  onClose,
  onDone,
}: {
  act: JobAct | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const retry = useMutation(trpc.jobs.retry.mutationOptions());
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions());
  const shown = useLastShown(act);
  if (!shown) return null;

  const { kind, jobs } = shown;
  const ids = jobs.map(({ id }) => id);
  const acting = kind === "retry" ? retry : cancel;
  const putBack = async (cancelled: string[]) => {
    await retry
      .mutateAsync({ ids: cancelled, reason: jobWords.putBackReason })
      .catch((error) => notify({ tone: "error", text: partWords.notDone, detail: problemText(error) }));
    await queryClient.invalidateQueries({ queryKey: trpc.jobs.pathKey() });
  };
  const single = jobs.length === 1 ? (jobs[0]?.state ?? null) : null;
  return (
    <ActDialog
      open={act !== null}
      ids={ids}
      acting={acting}
      changes={trpc.jobs.pathKey()}
      title={kind === "retry" ? jobWords.retryTitle(ids) : jobWords.cancelTitle(ids)}
      what={kind === "retry" ? jobWords.retryWhat(ids.length) : jobWords.cancelWhat(single)}
      confirm={kind === "retry" ? jobWords.retryJobs(ids.length) : jobWords.cancelJobs(ids.length)}
      danger={kind === "cancel"}
      needed={kind === "cancel" || ids.length > 1}
      onClose={onClose}
      onDone={(outcome) => {
        onDone();
        reportOutcome(shown, outcome, putBack);
      }}
    />
  );
}
