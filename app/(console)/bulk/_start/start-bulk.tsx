"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { bulkWords } from "#app/words/bulk-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import {
  type BulkAct,
  type BulkAction,
  isDestructive,
  maxBulkJobs,
  reasonNeededFrom,
  typedCountAbove,
} from "#core/bulk/bulk-action.ts";
import { sayBulk } from "#core/bulk/say-bulk.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import { FormDialog } from "../../_parts/form-dialog.tsx";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonField } from "../../_parts/reason-field.tsx";
import { BulkCountView } from "./bulk-count-view.tsx";
import { PaceFields } from "./pace-fields.tsx";
import { usePace } from "./use-pace.ts";

type StartableAction = Exclude<BulkAction, "restore">;
const actions: readonly StartableAction[] = ["retry", "cancel", "reprioritise", "move", "discard"];

/** Jobs that something is to be done to: chosen ones, or all that a filter finds. */
export interface BulkTarget {
  action: StartableAction;
  jobs: { ids: string[] } | { filter: JobFilter };
}

/**
 * Asks what is to be done to many jobs: counts them first, shows what will happen to which, takes the pace, the reason and,
 * for many, the typed count; then starts the operation and offers to go to its page. `target` null is closed.
 */
export function StartBulk({
  target,
  onClose,
  onStarted,
}: {
  target: BulkTarget | null;
  onClose: () => void;
  onStarted?: (operationId: string) => void;
}) {
  if (target === null) return null;
  return <StartDialog key={JSON.stringify(target)} target={target} onClose={onClose} onStarted={onStarted} />;
}

function StartDialog({
  target: { action: proposed, jobs },
  onClose,
  onStarted,
}: {
  target: BulkTarget;
  onClose: () => void;
  onStarted?: (operationId: string) => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [action, setAction] = useState<StartableAction>(proposed);
  const [priority, setPriority] = useState<PriorityClass>("high");
  const [queue, setQueue] = useState("");
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const count = useQuery(
    trpc.bulk.count.queryOptions({ action, ...jobs }, { refetchOnWindowFocus: false, gcTime: 0 }),
  );
  const names = useQuery(trpc.queues.names.queryOptions(undefined, { enabled: action === "move" }));
  const pace = usePace(count.data?.guard ?? null, action);
  const start = useMutation(trpc.bulk.start.mutationOptions());

  const counted = count.data ?? null;
  const matched = counted?.matched ?? 0;
  const typing = isDestructive(action) && matched > typedCountAbove;
  const act: Exclude<BulkAct, { action: "restore" }> =
    action === "move" ? { action, queue } : action === "reprioritise" ? { action, priority } : { action };
  const reasonNeeded = matched >= reasonNeededFrom;
  const errors = {
    reason: reasonNeeded && reason.trim() === "" ? partWords.reasonNeeded : null,
    typed: typing && Number(typed.replaceAll(/[ ,.]/g, "")) !== matched ? bulkWords.typedWrong : null,
    queue: action === "move" && queue === "" ? bulkWords.chooseQueue : null,
  };
  const startable = counted !== null && matched > 0 && matched <= maxBulkJobs;
  const submit = async () => {
    setTried(true);
    if (counted === null || pace.guard === null || Object.values(errors).some(Boolean)) return;
    const confirmed = typing ? { confirmed: counted.exact ? matched : maxBulkJobs } : {};
    const started = await start
      .mutateAsync({ act, ...jobs, reason: reason.trim(), guard: pace.guard, ...confirmed })
      .catch(() => null);
    if (started === null) return;
    await queryClient.invalidateQueries({ queryKey: trpc.bulk.pathKey() });
    const source =
      "ids" in jobs ? { kind: "ids" as const } : { kind: "filter" as const, filter: jobs.filter };
    notify({
      text: bulkWords.started(sayBulk(act, source, started.frozen ? started.matched : null)),
      action: { label: bulkWords.view, onPress: () => router.push(`/bulk/${started.operationId}`) },
    });
    onStarted?.(started.operationId);
    onClose();
  };

  return (
    <FormDialog
      wide
      title={bulkWords.start}
      confirm={counted === null ? bulkWords.verbs[action] : bulkWords.act(action, matched)}
      danger={isDestructive(action)}
      ready={startable}
      pending={start.isPending}
      problem={start.error ? problemText(start.error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <SelectField
          label={bulkWords.action}
          value={action}
          options={actions.map((value) => ({ value, label: bulkWords.verbs[value] }))}
          onChange={setAction}
        />
        {action === "move" ? (
          <SelectField
            label={bulkWords.toQueue}
            value={queue}
            error={tried ? errors.queue : null}
            options={[
              { value: "", label: bulkWords.chooseQueue },
              ...(names.data?.queues ?? []).map((name) => ({ value: name, label: name })),
            ]}
            onChange={setQueue}
          />
        ) : action === "reprioritise" ? (
          <SelectField
            label={bulkWords.toClass}
            value={priority}
            options={priorityClasses.map((value) => ({ value, label: value }))}
            onChange={setPriority}
          />
        ) : null}
      </div>
      <p className="text-ink-2">{bulkWords.what[action]}</p>
      {counted ? (
        <BulkCountView action={action} count={counted} chosen={"ids" in jobs} />
      ) : count.error ? (
        <ErrorState
          title={partWords.notRead}
          detail={problemText(count.error)}
          onRetry={() => count.refetch()}
        />
      ) : (
        <SkeletonRows rows={4} label={bulkWords.counting} />
      )}
      {startable ? (
        <>
          <PaceFields pace={pace} action={action} matched={matched} />
          <ReasonField needed={reasonNeeded} tried={tried} value={reason} onChange={setReason} />
          {typing ? (
            <NumberField
              label={bulkWords.typed(matched)}
              hint={bulkWords.typedHint}
              error={tried ? errors.typed : null}
              value={typed}
              onChange={setTyped}
            />
          ) : null}
        </>
      ) : null}
    </FormDialog>
  );
}
