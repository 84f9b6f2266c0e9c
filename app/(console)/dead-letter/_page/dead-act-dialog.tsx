"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { ActOutcome } from "#server/api/jobs/act-on-jobs.ts";
import { ActDialog } from "../../_parts/act-dialog.tsx";
import { problemText } from "../../_parts/problem-text.ts";
import { useLastShown } from "../../_parts/use-last-shown.ts";

const { dead } = failureWords;

/** What is to be done with dead jobs. */
export interface DeadAct {
  kind: "retry" | "discard";
  ids: readonly string[];
}

/** Asks why, retries or discards each job, and reports; a discard can be taken back from the notice. Null is closed. */
export function DeadActDialog({
  act,
  onClose,
  onDone,
}: {
  act: DeadAct | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const retry = useMutation(trpc.jobs.retry.mutationOptions());
  const discard = useMutation(trpc.jobs.discard.mutationOptions());
  const restore = useMutation(trpc.jobs.restore.mutationOptions());
  const shown = useLastShown(act);
  if (!shown) return null;
  const { kind, ids } = shown;
  const acting = kind === "retry" ? retry : discard;
  const takeBack = async (discarded: string[]) => {
    const outcome = await restore
      .mutateAsync({ ids: discarded, reason: dead.undoReason })
      .catch((error) => notify({ tone: "error", text: partWords.notDone, detail: problemText(error) }));
    await queryClient.invalidateQueries({ queryKey: trpc.failures.pathKey() });
    if (outcome) notify({ text: dead.restored(outcome.done.length) });
  };
  const report = ({ done, refused }: ActOutcome) => {
    onDone();
    if (done.length > 0)
      notify(
        kind === "retry"
          ? { text: dead.retried(done.length) }
          : {
              text: dead.discarded(done.length),
              action: { label: dead.undo, onPress: () => void takeBack(done) },
            },
      );
    if (refused.length > 0)
      notify({ tone: "warning", text: dead.refused(refused.length), detail: refused[0]?.message });
  };
  return (
    <ActDialog
      open={act !== null}
      ids={ids}
      acting={acting}
      changes={trpc.failures.pathKey()}
      title={kind === "retry" ? dead.retry(ids.length) : dead.discard(ids.length)}
      what={kind === "retry" ? dead.retryWhat(ids.length) : dead.discardWhat(ids.length)}
      confirm={kind === "retry" ? dead.retry(ids.length) : dead.discard(ids.length)}
      danger={kind === "discard"}
      needed={kind === "discard" || ids.length > 1}
      onClose={onClose}
      onDone={report}
    />
  );
}
