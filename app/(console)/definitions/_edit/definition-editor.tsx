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
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SaveBar } from "../../_parts/save-bar.tsx";
import { useKeptNotice } from "../../_parts/use-kept-notice.ts";
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
  const put = useMutation(
    trpc.definitions.put.mutationOptions({
      // The page may draw another editor in place of this one as soon as it hears of what was saved.
      onSuccess: () => {
        stored.forget();
        return queryClient.invalidateQueries({ queryKey: trpc.definitions.pathKey() });
      },
    }),
  );
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState(false);
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const guard = useUnsavedGuard(name, edited);
  useKeptNotice(name, edited && !put.isPending);
  const next = base.version + 1;
  const isNew = base.version === 0;

  const save = async (reason: string) => {
    if (checked.spec === null) return;
    try {
      const done = await put.mutateAsync({
        name,
        spec: checked.spec,
        expectedVersion: base.version,
        force: refused,
        reason,
      });
      setAsking(false);
      setRefused(false);
      stored.setDraft(null);
      notify({ text: done.created ? definitionWords.saved(name, done.version) : definitionWords.same(name) });
    } catch (error) {
      // Any other refusal is shown in the dialog from the mutation's own state.
      const { data } = error as { data?: { code?: string } };
      setRefused(data?.code === "conflict");
      if (data?.code !== "version_conflict") return;
      const fresh = await queryClient
        .fetchQuery(trpc.definitions.get.queryOptions({ name }, { staleTime: 0 }))
        .catch(() => null);
      if (fresh === null) return;
      setAsking(false);
      setTheirs(fresh);
    }
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
            put.reset();
            setRefused(false);
            setAsking(true);
          }}
        />
      ) : null}
      <ReasonDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={save}
        title={refused ? definitionWords.narrowTitle : definitionWords.saveTitle(name, next)}
        what={refused ? definitionWords.narrowWhat : definitionWords.saveWhat}
        confirm={refused ? definitionWords.force : definitionWords.save(next)}
        danger={refused}
        needed={refused}
        pending={put.isPending}
        problem={put.error ? problemText(put.error) : null}
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
