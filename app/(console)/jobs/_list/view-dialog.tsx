"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { explorerWords } from "#app/words/explorer-words.ts";
import { notify } from "#components/ui/notify.ts";
import { SwitchField } from "#components/ui/switch-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { SavedView } from "#core/query/saved-view.ts";
import { FormDialog } from "../../_parts/form-dialog.tsx";
import { problemText } from "../../_parts/problem-text.ts";

/** Names a view: a new one when it has no id, or one's own that is renamed or shared. */
export function ViewDialog({
  view,
  onSaved,
  onClose,
}: {
  view: Omit<SavedView, "id" | "owner"> & { id: number | null };
  onSaved: (id: number) => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const save = useMutation(trpc.explore.saveView.mutationOptions());
  const submit = async () => {
    const { id, query, columns } = view;
    const saved = await save
      .mutateAsync({ id, view: { name: name.trim(), query, columns, shared } })
      .catch(() => null);
    if (!saved) return;
    await queryClient.invalidateQueries({ queryKey: trpc.explore.views.queryKey() });
    notify({ text: explorerWords.viewSaved(saved.name) });
    onSaved(saved.id);
  };
  return (
    <FormDialog
      title={view.id === null ? explorerWords.saveView : explorerWords.renameView}
      leave={explorerWords.cancel}
      confirm={explorerWords.save}
      ready={name.trim() !== ""}
      pending={save.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInputField
        label={explorerWords.viewName}
        value={name}
        maxLength={60}
        required
        error={save.error ? problemText(save.error) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <SwitchField
        label={explorerWords.viewShared}
        hint={explorerWords.viewSharedHint}
        checked={shared}
        onChange={setShared}
      />
    </FormDialog>
  );
}
