"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ruleWords } from "#app/words/rule-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { roleCovers } from "#core/access/role.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { findShadowedRules } from "#core/failure/find-shadowed-rules.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { useUnsavedGuard } from "../../_parts/use-unsaved-guard.tsx";
import { mergeRules } from "./merge-rules.ts";
import { newRule } from "./new-rule.ts";
import { RuleConflictDialog } from "./rule-conflict-dialog.tsx";
import { RuleList } from "./rule-list.tsx";
import { RuleTrial } from "./rule-trial.tsx";
import { type SavedRules, useRuleDraft } from "./use-rule-draft.ts";

// The editor checks patterns as they are typed, and the engine for that is loaded with it.
const RuleEditor = dynamic(() => import("./rule-editor.tsx").then((module) => module.RuleEditor), {
  ssr: false,
});

/** The operators' own rules: their order, the editor, the trial before saving, and what to do about another's save. */
export function OwnRules({ saved }: { saved: SavedRules }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const editable = roleCovers(useRole(), "operator");
  const draft = useRuleDraft(saved);
  const { rules, base, dirty } = draft;
  const [from, setFrom] = useQueryState("from", parseAsString);
  const begun = useQuery(
    trpc.rules.draft.queryOptions({ fingerprint: from ?? "" }, { enabled: from !== null && editable }),
  );
  const [editing, setEditing] = useState<FailureRule | null>(null);
  const [saving, setSaving] = useState(false);
  const [theirs, setTheirs] = useState<(SavedRules & { createdBy: string | null }) | null>(null);
  const trial = useMutation(trpc.rules.try.mutationOptions());
  const put = useMutation(trpc.rules.put.mutationOptions());
  const guard = useUnsavedGuard(ruleWords.title, dirty);
  const tried = trial.data && trial.variables ? trial.data : null;
  const stale = JSON.stringify(trial.variables?.rules) !== JSON.stringify(rules);

  const closeEditor = () => {
    setEditing(null);
    void setFrom(null);
  };
  const save = async (reason: string) => {
    const done = await put
      .mutateAsync({ rules, expectedVersion: base.version, reason })
      .catch(async (error) => {
        if (error.data?.code !== "version_conflict") return null;
        setSaving(false);
        put.reset();
        const newest = await queryClient.fetchQuery(trpc.rules.get.queryOptions(undefined, { staleTime: 0 }));
        setTheirs(newest);
        return null;
      });
    if (!done) return;
    await queryClient.invalidateQueries({ queryKey: trpc.rules.pathKey() });
    draft.rebase(null, null);
    trial.reset();
    setSaving(false);
    notify({ text: done.created ? ruleWords.saved(done.version) : ruleWords.savedSame });
  };
  const shown: FailureRule | null = editing ?? (begun.data ? newRule(rules, begun.data) : null);

  return (
    <div className="flex flex-col gap-4">
      {guard}
      {begun.error ? <ErrorState title={ruleWords.addTitle} detail={problemText(begun.error)} /> : null}
      {rules.length === 0 ? (
        <EmptyState
          title={ruleWords.none}
          action={
            editable ? (
              <Button tone="primary" onClick={() => setEditing(newRule(rules, null))}>
                {ruleWords.add}
              </Button>
            ) : undefined
          }
        >
          {ruleWords.noneTeach}
        </EmptyState>
      ) : (
        <>
          {editable ? (
            <div>
              <Button onClick={() => setEditing(newRule(rules, null))}>{ruleWords.add}</Button>
            </div>
          ) : null}
          <RuleList
            rules={rules}
            editable={editable}
            shadowed={findShadowedRules(rules)}
            decided={tried && !stale ? tried.decided : null}
            onMove={draft.move}
            onEdit={(place) => setEditing(rules[place] ?? null)}
            onRemove={draft.remove}
          />
        </>
      )}
      {editable && (rules.length > 0 || dirty) ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            tone={dirty && (!tried || stale) ? "primary" : "plain"}
            disabled={trial.isPending}
            focusableWhenDisabled
            onClick={() => trial.mutate({ rules })}
          >
            {trial.isPending ? ruleWords.trying : ruleWords.try}
          </Button>
          {dirty ? (
            <>
              <Button tone={tried && !stale ? "primary" : "plain"} onClick={() => setSaving(true)}>
                {ruleWords.save}
              </Button>
              <Button
                tone="quiet"
                onClick={() => {
                  const [oldBase, oldRules] = [base, rules];
                  draft.rebase(null, null);
                  notify({
                    text: ruleWords.dropped,
                    action: { label: ruleWords.undo, onPress: () => draft.rebase(oldBase, oldRules) },
                  });
                }}
              >
                {ruleWords.drop}
              </Button>
              <span className="text-sm text-gate-caution">{ruleWords.unsaved}</span>
            </>
          ) : null}
        </div>
      ) : null}
      {trial.error ? <ErrorState title={ruleWords.unreadable} detail={problemText(trial.error)} /> : null}
      {tried ? <RuleTrial trial={tried} stale={stale} /> : null}
      {shown ? (
        <RuleEditor
          key={shown.id}
          rule={shown}
          adding={!rules.some((rule) => rule.id === shown.id)}
          note={editing === null ? ruleWords.fromFailure : undefined}
          onTake={(rule) => {
            draft.put(rule);
            closeEditor();
          }}
          onClose={closeEditor}
        />
      ) : null}
      <ReasonDialog
        open={saving}
        onClose={() => {
          put.reset();
          setSaving(false);
        }}
        onConfirm={save}
        title={ruleWords.saveTitle}
        what={ruleWords.saveWhat}
        confirm={ruleWords.save}
        needed={false}
        pending={put.isPending}
        problem={put.error ? problemText(put.error) : null}
      />
      {theirs ? (
        <RuleConflictDialog
          theirs={theirs}
          mine={rules}
          onClose={() => setTheirs(null)}
          onTheirs={() => {
            draft.rebase(null, null);
            setTheirs(null);
          }}
          onMerge={() => {
            draft.rebase(theirs, mergeRules(base.rules, rules, theirs.rules));
            setTheirs(null);
          }}
        />
      ) : null}
    </div>
  );
}
