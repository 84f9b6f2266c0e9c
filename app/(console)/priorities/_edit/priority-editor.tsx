"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { editWords } from "#app/words/edit-words.ts";
import { priorityWords } from "#app/words/priority-words.ts";
import { diffJson } from "#components/domain/diff-json.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { roleCovers } from "#core/access/role.ts";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import type { PrioritySettings } from "#core/priority/priority-settings.ts";
import type { ClassLoads } from "#server/api/priorities/read-class-loads.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
import { useLate } from "../../_parts/use-late.ts";
import { useStoredDraft } from "../../_parts/use-stored-draft.ts";
import { useUnsavedGuard } from "../../_parts/use-unsaved-guard.tsx";
import { ClassSettings } from "./class-settings.tsx";
import { EffectPreview } from "./effect-preview.tsx";
import {
  type CheckedPriorities,
  findPriorityWarnings,
  type PriorityDraft,
  toPriorityDraft,
} from "./priority-draft.ts";

interface Saved {
  settings: PrioritySettings;
  updatedAtMs: number | null;
  updatedBy: string | null;
}
interface StoredEdit {
  base: PrioritySettings;
  draft: PriorityDraft;
}
const ConflictDialog = dynamic(() =>
  import("../../_parts/conflict-dialog.tsx").then((module) => module.ConflictDialog),
);
const nested = ["classes"];
const loadCheck = () => import("./check-priorities.ts");
const noErrors: ReadonlyMap<string, string> = new Map();

/** The settings with their warnings and the preview; saved with a reason by an admin. */
export function PriorityEditor({ saved, loads }: { saved: Saved; loads: ClassLoads | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canEdit = roleCovers(useRole(), "admin");
  const stored = useStoredDraft("priorities", isStoredEdit);
  const base = stored.draft?.base ?? saved.settings;
  const draft = useMemo(
    () => stored.draft?.draft ?? toPriorityDraft(saved.settings),
    [stored.draft, saved.settings],
  );
  // The schema comes with the first edit; until it is there the draft says what it began with.
  const check = useLate(loadCheck, stored.draft !== null);
  const checked: CheckedPriorities = useMemo(
    () =>
      stored.draft === null || check === null
        ? { settings: base, errors: noErrors }
        : check.checkPriorities(stored.draft.draft),
    [stored.draft, check, base],
  );
  const { settings } = checked;
  const edited =
    stored.draft !== null &&
    (check === null || settings === null || canonicalJson(settings) !== canonicalJson(base));
  const put = useMutation(
    trpc.priorities.put.mutationOptions({
      // The page may draw another editor in place of this one as soon as it hears of what was saved.
      onSuccess: () => {
        stored.forget();
        return queryClient.invalidateQueries({ queryKey: trpc.priorities.pathKey() });
      },
    }),
  );
  const [asking, setAsking] = useState(false);
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const guard = useUnsavedGuard(priorityWords.name, edited);
  useKeptNotice(priorityWords.name, edited && !put.isPending);
  const warnings = settings === null ? [] : findPriorityWarnings(settings);

  const save = async (reason: string) => {
    if (settings === null) return;
    try {
      const done = await put.mutateAsync({ settings, expected: base, reason });
      setAsking(false);
      stored.setDraft(null);
      notify({ text: done.changed ? priorityWords.saved : priorityWords.same });
    } catch (error) {
      // Any other refusal is shown in the dialog from the mutation's own state.
      const { data } = error as { data?: { code?: string } };
      if (data?.code !== "version_conflict") return;
      const fresh = await queryClient
        .fetchQuery(trpc.priorities.get.queryOptions(undefined, { staleTime: 0 }))
        .catch(() => null);
      if (fresh === null) return;
      setAsking(false);
      setTheirs(fresh);
    }
  };
  return (
    <div className="flex flex-col gap-5">
      {guard}
      {stored.restored && edited ? <p className="text-sm text-ink-2">{editWords.restored}</p> : null}
      <Panel
        title={priorityWords.settings}
        note={
          <>
            {saved.updatedAtMs === null ? (
              priorityWords.never
            ) : (
              <>
                {priorityWords.edited} <RelativeTime atMs={saved.updatedAtMs} />{" "}
                <ForeignText text={saved.updatedBy ?? ""} />
              </>
            )}
            {canEdit ? null : ` · ${priorityWords.adminOnly}`}
          </>
        }
      >
        <ClassSettings
          draft={draft}
          errors={checked.errors}
          disabled={!canEdit}
          onChange={(next) => stored.setDraft({ base, draft: next })}
        />
        {warnings.length > 0 ? (
          <ul role="status" className="mt-3 border-l-2 border-gate-caution pl-3 text-sm">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        ) : null}
      </Panel>
      {loads ? <EffectPreview state={loads} saved={saved.settings} edited={settings ?? base} /> : null}
      {edited && settings ? (
        <Panel title={editWords.changes}>
          <DiffView before={base} after={settings} />
        </Panel>
      ) : null}
      {edited && check !== null ? (
        <SaveBar
          changes={settings === null ? 0 : diffJson(base, settings).length}
          invalid={settings === null ? Math.max(1, checked.errors.size) : 0}
          save={priorityWords.save}
          onDiscard={() => stored.setDraft(null)}
          onSave={() => {
            put.reset();
            setAsking(true);
          }}
        />
      ) : null}
      <ReasonDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={save}
        title={priorityWords.saveTitle}
        what={priorityWords.saveWhat}
        confirm={priorityWords.save}
        needed
        pending={put.isPending}
        problem={put.error ? problemText(put.error) : null}
      />
      {theirs && settings ? (
        <ConflictDialog
          name={priorityWords.name}
          version={priorityWords.latest}
          who={theirs.updatedBy ?? ""}
          base={base}
          mine={settings}
          theirs={theirs.settings}
          nested={nested}
          onClose={() => setTheirs(null)}
          onChoose={(chosen) => {
            const next = check?.checkSettings(chosen) ?? null;
            if (next !== null) stored.setDraft({ base: theirs.settings, draft: toPriorityDraft(next) });
            setTheirs(null);
          }}
        />
      ) : null}
    </div>
  );
}

function isStoredEdit(value: unknown): value is StoredEdit {
  return value !== null && typeof value === "object" && "base" in value && "draft" in value;
}
