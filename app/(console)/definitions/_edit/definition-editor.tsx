"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { editWords } from "#app/words/edit-words.ts";
import { diffJson } from "#components/domain/diff-json.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { type DefinitionSpec, definitionSchema } from "#core/definition/definition.ts";
import { sameDefinition } from "#core/definition/definition-diff.ts";
import { ConflictDialog } from "../../_parts/conflict-dialog.tsx";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useAfterSave } from "../../_parts/use-after-save.ts";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
import { useSaveFlow } from "../../_parts/use-save-flow.ts";
import { useStoredDraft } from "../../_parts/use-stored-draft.ts";
import { useUnsavedGuard } from "../../_parts/use-unsaved-guard.tsx";
import {
  checkDefinition,
  type DefinitionDraft,
  isDefinitionDraft,
  toDefinitionDraft,
} from "./definition-draft.ts";
import { DefinitionForm } from "./definition-form.tsx";

interface Base {
  version: number;
  spec: DefinitionSpec;
}
interface Saved extends Base {
  name: string;
  createdBy: string;
}
const nested = ["timeouts"];

/** Edits a definition, or writes the first version of one (version 0). */
export function DefinitionEditor({ saved }: { saved: Saved }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { name } = saved;
  const stored = useStoredDraft(`definition:${name}`, isStoredEdit);
  const base: Base = stored.draft?.base ?? saved;
  const draft = useMemo(
    () => stored.draft?.draft ?? toDefinitionDraft(saved.spec),
    [stored.draft, saved.spec],
  );
  const checked = useMemo(() => checkDefinition(draft), [draft]);
  const edited = stored.draft !== null && (checked.spec === null || !sameDefinition(checked.spec, base.spec));
  const names = useQuery(trpc.definitions.names.queryOptions());
  const afterSave = useAfterSave(stored.forget, trpc.definitions.pathKey());
  const put = useMutation(trpc.definitions.put.mutationOptions({ onSuccess: afterSave }));
  const flow = useSaveFlow<Saved>(put, () =>
    queryClient.fetchQuery(trpc.definitions.get.queryOptions({ name }, { staleTime: 0 })),
  );
  const { theirs, setTheirs } = flow;
  const [refused, setRefused] = useState(false);
  const guard = useUnsavedGuard(name, edited);
  useKeptNotice(name, edited && !put.isPending);
  const next = base.version + 1;
  const isNew = base.version === 0;

  const save = async (reason: string) => {
    const { spec } = checked;
    if (spec === null) return;
    const write = { name, spec, expectedVersion: base.version, force: refused, reason };
    const outcome = await flow.write(() => put.mutateAsync(write));
    setRefused(outcome.refused === "conflict");
    if (!outcome.done) return;
    stored.setDraft(null);
    const { created, version, warnings } = outcome.done;
    const saved =
      warnings.length > 0
        ? definitionWords.savedBut(name, version, warnings)
        : definitionWords.saved(name, version);
    notify({ text: created ? saved : definitionWords.same(name) });
  };
  return (
    <div className="flex flex-col gap-4">
      {guard}
      {stored.restored && edited ? <p className="text-sm text-ink-2">{editWords.restored}</p> : null}
      <DefinitionForm
        draft={draft}
        errors={checked.errors}
        policies={names.data?.policies ?? []}
        queues={names.data?.queues ?? []}
        onChange={(changed) =>
          stored.setDraft({ base: { version: base.version, spec: base.spec }, draft: changed })
        }
      />
      {edited && checked.spec && !isNew ? (
        <Panel title={editWords.changes}>
          <DiffView before={base.spec} after={checked.spec} />
        </Panel>
      ) : null}
      {edited || isNew ? (
        <SaveBar
          changes={checked.spec === null || isNew ? 1 : diffJson(base.spec, checked.spec).length}
          invalid={checked.spec === null ? Math.max(1, checked.errors.size) : 0}
          save={definitionWords.save(next)}
          onDiscard={() => stored.setDraft(null)}
          onSave={() => {
            setRefused(false);
            flow.ask();
          }}
        />
      ) : null}
      <ReasonDialog
        {...flow.dialog}
        onConfirm={save}
        title={refused ? definitionWords.narrowTitle : definitionWords.saveTitle(name, next)}
        what={refused ? definitionWords.narrowWhat : definitionWords.saveWhat}
        confirm={refused ? definitionWords.force : definitionWords.save(next)}
        danger={refused}
        needed={refused}
      />
      {theirs && checked.spec ? (
        <ConflictDialog
          name={name}
          version={definitionWords.version(theirs.version)}
          who={theirs.createdBy}
          base={base.spec}
          mine={checked.spec}
          theirs={theirs.spec}
          nested={nested}
          onClose={() => setTheirs(null)}
          onChoose={(chosen) => {
            stored.setDraft({
              base: { version: theirs.version, spec: theirs.spec },
              draft: toDefinitionDraft(definitionSchema.parse(chosen)),
            });
            setTheirs(null);
          }}
        />
      ) : null}
    </div>
  );
}

interface StoredEdit {
  base: Base;
  draft: DefinitionDraft;
}

function isStoredEdit(value: unknown): value is StoredEdit {
  return (
    value !== null &&
    typeof value === "object" &&
    "base" in value &&
    "draft" in value &&
    isDefinitionDraft(value.draft)
  );
}
