"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { editWords } from "#app/words/edit-words.ts";
import { policyWords } from "#app/words/policy-words.ts";
import { retryWords } from "#app/words/retry-words.ts";
import { diffJson } from "#components/domain/diff-json.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import type { PolicyUser } from "#server/api/policies/policy-view.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useAfterSave } from "../../_parts/use-after-save.ts";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
import { useSaveFlow } from "../../_parts/use-save-flow.ts";
import { useUnsavedGuard } from "../../_parts/use-unsaved-guard.tsx";
import { Backtest } from "./backtest.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { ScheduleChart } from "./schedule-chart.tsx";
import { usePolicyDraft } from "./use-policy-draft.ts";

const ConflictDialog = dynamic(() =>
  import("../../_parts/conflict-dialog.tsx").then((module) => module.ConflictDialog),
);
const PolicyJson = dynamic(() => import("./policy-json.tsx").then((module) => module.PolicyJson), {
  ssr: false,
});
const views = [
  { value: "form", label: policyWords.viewForm },
  { value: "json", label: policyWords.viewJson },
] as const;
const nested = ["perClass"];

/** Brings what was opened into sight, and those who hear the page to it. */
function focusOn(element: HTMLElement | null): void {
  element?.focus();
}

/** A policy as the editor gets it; version 0 of a name other than `default` is one that nobody saved yet. */
export interface EditedPolicy {
  name: string;
  version: number;
  policy: RetryPolicy;
  createdBy: string;
  users: readonly PolicyUser[];
  isStored: boolean;
}

/**
 * The form of a policy with its picture, its backtest, and saving as a new version. `isProposed`: the unsaved edit it finds
 * is a suggestion that was opened here, and is backtested at once; `opened` counts those opened while it is on the page.
 */
export function PolicyEditor({
  saved,
  canEdit,
  isProposed = false,
  opened = 0,
}: {
  saved: EditedPolicy;
  canEdit: boolean;
  isProposed?: boolean;
  opened?: number;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { name } = saved;
  const edit = usePolicyDraft(name, saved);
  const { base, draft, checked, reload } = edit;
  const [taken, setTaken] = useState(opened);
  useEffect(() => {
    if (opened === 0) return;
    reload();
    setTaken(opened);
  }, [opened, reload]);
  const [view, setView] = useState<"form" | "json">("form");
  const afterSave = useAfterSave(edit.forget, trpc.policies.pathKey());
  const put = useMutation(trpc.policies.put.mutationOptions({ onSuccess: afterSave }));
  const flow = useSaveFlow<EditedPolicy>(put, async () => ({
    ...(await queryClient.fetchQuery(trpc.policies.get.queryOptions({ name }, { staleTime: 0 }))),
    isStored: true,
  }));
  const { theirs, setTheirs } = flow;
  const guard = useUnsavedGuard(name, edit.edited);
  useKeptNotice(name, edit.edited && !put.isPending);
  const changes = checked.policy === null ? 0 : diffJson(base.policy, checked.policy).length;
  const unsaved = canEdit && edit.isChecked && (edit.edited || !saved.isStored);

  const save = async (reason: string) => {
    const { policy } = checked;
    if (policy === null) return;
    const write = { name, policy, expectedVersion: base.version, reason };
    const { done } = await flow.write(() => put.mutateAsync(write));
    if (!done) return;
    edit.discard();
    notify({ text: done.created ? policyWords.saved(name, done.version) : policyWords.same(name) });
  };
  return (
    <div className="flex flex-col gap-5">
      {guard}
      {edit.restored ? (
        isProposed ? (
          <p key={`notice ${taken}`} ref={focusOn} role="status" tabIndex={-1} className="text-sm text-ink-2">
            {retryWords.filledIn}
          </p>
        ) : (
          <p className="text-sm text-ink-2">{editWords.restored}</p>
        )
      ) : null}
      {edit.edited && saved.version > base.version ? (
        <div
          role="status"
          className="flex flex-wrap items-center gap-2 border-l-2 border-gate-caution pl-3 text-sm"
        >
          {editWords.meanwhile(policyWords.version(saved.version), saved.createdBy)}
          <Button size="small" onClick={() => setTheirs(saved)}>
            {editWords.seeDifference}
          </Button>
        </div>
      ) : null}
      <div className="grid gap-x-8 gap-y-5 xl:grid-cols-[minmax(0,58rem)_minmax(0,1fr)]">
        <Panel
          title={policyWords.form}
          aside={<Segmented label={policyWords.views} value={view} options={views} onChange={setView} />}
        >
          {view === "form" ? (
            <PolicyForm draft={draft} errors={checked.errors} disabled={!canEdit} onChange={edit.change} />
          ) : (
            <PolicyJson policy={checked.policy} disabled={!canEdit} onChange={edit.change} />
          )}
        </Panel>
        <div className="flex flex-col gap-5">
          <ScheduleChart policy={checked.policy} saved={saved.isStored && edit.edited ? base.policy : null} />
          {edit.edited && checked.policy ? (
            <Panel title={editWords.changes}>
              <DiffView before={base.policy} after={checked.policy} />
            </Panel>
          ) : null}
        </div>
      </div>
      {canEdit ? (
        <Backtest
          key={`backtest ${taken}`}
          name={name}
          policy={checked.policy}
          users={saved.users.length}
          isStored={saved.isStored}
          startsAtOnce={isProposed && edit.restored && edit.isChecked}
        />
      ) : null}
      {unsaved ? (
        <SaveBar
          changes={saved.isStored ? changes : 1}
          invalid={checked.policy === null ? Math.max(1, checked.errors.size) : 0}
          save={policyWords.save(base.version + 1)}
          onDiscard={edit.discard}
          onSave={flow.ask}
        />
      ) : null}
      <ReasonDialog
        {...flow.dialog}
        onConfirm={save}
        title={policyWords.saveTitle(name, base.version + 1)}
        what={policyWords.saveWhat(saved.users.length)}
        confirm={policyWords.save(base.version + 1)}
        needed={false}
      />
      {theirs && checked.policy ? (
        <ConflictDialog
          name={name}
          version={policyWords.version(theirs.version)}
          who={theirs.createdBy}
          base={base.policy}
          mine={checked.policy}
          theirs={theirs.policy}
          nested={nested}
          onClose={() => setTheirs(null)}
          onChoose={(chosen) => {
            void edit.rebase(theirs, chosen);
            setTheirs(null);
          }}
        />
      ) : null}
    </div>
  );
}
