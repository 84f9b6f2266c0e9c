"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { editWords } from "#app/words/edit-words.ts";
import { diffJson } from "#components/domain/diff-json.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { BreakerSettings } from "#core/breaker/breaker-settings.ts";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { AuditTrail } from "../../_parts/audit-trail.tsx";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useAfterSave } from "../../_parts/use-after-save.ts";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
import { useLate } from "../../_parts/use-late.ts";
import { useSaveFlow } from "../../_parts/use-save-flow.ts";
import { useStoredDraft } from "../../_parts/use-stored-draft.ts";
import { useUnsavedGuard } from "../../_parts/use-unsaved-guard.tsx";
import { type CheckedSettings, type SettingsDraft, toSettingsDraft } from "./settings-draft.ts";
import { SettingsFieldsView } from "./settings-fields-view.tsx";

interface Saved {
  name: string;
  version: number;
  settings: BreakerSettings;
}
interface StoredEdit {
  base: { version: number; settings: BreakerSettings };
  draft: SettingsDraft;
}
const ConflictDialog = dynamic(() =>
  import("../../_parts/conflict-dialog.tsx").then((module) => module.ConflictDialog),
);
const nested = ["probes", "retryBudget", "multiplier"];
const loadCheck = () => import("./check-settings.ts");
const noErrors: ReadonlyMap<string, string> = new Map();

/** How a dependency is guarded, edited as a draft and saved with a reason; who saved meanwhile is told, field by field. */
export function DependencySettings({ saved }: { saved: Saved }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canEdit = roleCovers(useRole(), "operator");
  const { name } = saved;
  const stored = useStoredDraft(`dependency ${name}`, isStoredEdit);
  const base = stored.draft?.base ?? saved;
  const draft = useMemo(
    () => stored.draft?.draft ?? toSettingsDraft(saved.settings),
    [stored.draft, saved.settings],
  );
  // The schema comes with the first edit; until it is there the draft says what it began with.
  const check = useLate(loadCheck, stored.draft !== null);
  const checked: CheckedSettings = useMemo(
    () =>
      stored.draft === null || check === null
        ? { settings: base.settings, errors: noErrors }
        : check.checkSettings(stored.draft.draft),
    [stored.draft, check, base],
  );
  const { settings } = checked;
  const edited =
    stored.draft !== null &&
    (check === null || settings === null || canonicalJson(settings) !== canonicalJson(base.settings));
  const afterSave = useAfterSave(stored.forget, trpc.dependencies.pathKey());
  const change = useMutation(trpc.dependencies.change.mutationOptions({ onSuccess: afterSave }));
  const flow = useSaveFlow<Saved>(change, () =>
    queryClient.fetchQuery(trpc.dependencies.get.queryOptions({ name }, { staleTime: 0 })),
  );
  const { theirs, setTheirs } = flow;
  const guard = useUnsavedGuard(name, edited);
  useKeptNotice(name, edited && !change.isPending);

  const save = async (reason: string) => {
    if (settings === null) return;
    // What is not set is said as such: an absent field would stay as it is.
    const whole = { ...settings, slowMs: settings.slowMs ?? null };
    const { done } = await flow.write(() =>
      change.mutateAsync({ name, settings: whole, expectedVersion: base.version, reason }),
    );
    if (!done) return;
    stored.setDraft(null);
    notify({ text: done.changed ? dependencyWords.saved(name) : dependencyWords.same });
  };
  return (
    <div className="flex flex-col gap-5">
      {guard}
      {stored.restored && edited ? <p className="text-sm text-ink-2">{editWords.restored}</p> : null}
      <p className="text-sm text-ink-3">
        {dependencyWords.version(saved.version)} · {dependencyWords.settingsWhat}
        {canEdit ? null : ` ${dependencyWords.operatorOnly}`}
      </p>
      <SettingsFieldsView
        draft={draft}
        errors={checked.errors}
        disabled={!canEdit}
        onChange={(next) =>
          stored.setDraft({ base: { version: base.version, settings: base.settings }, draft: next })
        }
      />
      {edited && settings ? (
        <Panel title={editWords.changes}>
          <DiffView before={base.settings} after={settings} />
        </Panel>
      ) : null}
      {edited && check !== null ? (
        <SaveBar
          changes={settings === null ? 0 : diffJson(base.settings, settings).length}
          invalid={settings === null ? Math.max(1, checked.errors.size) : 0}
          save={dependencyWords.save}
          onDiscard={() => stored.setDraft(null)}
          onSave={flow.ask}
        />
      ) : null}
      <AuditTrail objectKind="dependency" objectId={name} />
      <ReasonDialog
        {...flow.dialog}
        onConfirm={save}
        title={dependencyWords.saveTitle(name)}
        what={dependencyWords.saveWhat}
        confirm={dependencyWords.save}
        needed
      />
      {theirs && settings ? (
        <ConflictDialog
          name={name}
          version={dependencyWords.version(theirs.version)}
          who={editWords.theirs}
          base={base.settings}
          mine={settings}
          theirs={theirs.settings}
          nested={nested}
          onClose={() => setTheirs(null)}
          onChoose={(chosen) => {
            const next = check?.asSettings(chosen) ?? null;
            const newBase = { version: theirs.version, settings: theirs.settings };
            if (next !== null) stored.setDraft({ base: newBase, draft: toSettingsDraft(next) });
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
