"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { TRPCClientErrorLike } from "@trpc/client";
import type { ActOutcome } from "#server/api/jobs/act-on-jobs.ts";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "./problem-text.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

/** The mutation of an act on jobs, as far as the dialog uses it. */
interface Acting {
  mutateAsync: (asked: { ids: string[]; reason: string }) => Promise<ActOutcome>;
  reset: () => void;
  isPending: boolean;
  error: TRPCClientErrorLike<AppRouter> | null;
}

/**
 * Asks why, does something to each of the jobs and reads anew what it changed; `onDone` gets what became of each. What was
 * not done at all is told in the dialog, which stays.
 */
export function ActDialog({
  open,
  ids,
  acting,
  changes,
  title,
  what,
  confirm,
  danger,
  needed,
  onClose,
  onDone,
}: {
  open: boolean;
  ids: readonly string[];
  acting: Acting;
  /** Key of the queries whose answers the act changes. */
  changes: QueryKey;
  title: string;
  what: string;
  confirm: string;
  danger: boolean;
  needed: boolean;
  onClose: () => void;
  onDone: (outcome: ActOutcome) => void;
}) {
  const queryClient = useQueryClient();
  const act = async (reason: string) => {
    const outcome = await acting.mutateAsync({ ids: [...ids], reason }).catch(() => null);
    await queryClient.invalidateQueries({ queryKey: changes });
    if (outcome) onDone(outcome);
  };
  return (
    <ReasonDialog
      open={open}
      onClose={() => {
        acting.reset();
        onClose();
      }}
      onConfirm={act}
      title={title}
      what={what}
      confirm={confirm}
      danger={danger}
      needed={needed}
      pending={acting.isPending}
      problem={acting.error ? problemText(acting.error) : null}
    />
  );
}
