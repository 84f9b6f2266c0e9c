"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
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
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useAfterSave } from "../../_parts/use-after-save.ts";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
import { useLate } from "../../_parts/use-late.ts";
import { useSaveFlow } from "../../_parts/use-save-flow.ts";
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
  const afterSave = useAfterSave(stored.forget, trpc.priorities.pathKey());
  const put = useMutation(trpc.priorities.put.mutationOptions({ onSuccess: afterSave }));
  const flow = useSaveFlow<Saved>(put, () =>
    queryClient.fetchQuery(trpc.priorities.get.queryOptions(undefined, { staleTime: 0 })),
  );
  const { theirs, setTheirs } = flow;
  const guard = useUnsavedGuard(priorityWords.name, edited);
  useKeptNotice(priorityWords.name, edited && !put.isPending);
  const warnings = settings === null ? [] : findPriorityWarnings(settings);

  const save = async (reason: string) => {
    if (settings === null) return;
    const { done } = await flow.write(() => put.mutateAsync({ settings, expected: base, reason }));
    if (!done) return;
    stored.setDraft(null);
    notify({ text: done.changed ? priorityWords.saved : priorityWords.same });
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
          onSave={flow.ask}
        />
      ) : null}
      <ReasonDialog
        {...flow.dialog}
        onConfirm={save}
        title={priorityWords.saveTitle}
        what={priorityWords.saveWhat}
        confirm={priorityWords.save}
        needed
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
