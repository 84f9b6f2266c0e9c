"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { partWords } from "#app/words/part-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";

const { tokenDialog } = peopleWords;
const scopeOptions = tokenScopes.map((value) => ({ value, label: tokenDialog.scopes[value] }));

/** Asks for a name and a scope, then shows the token this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [scope, setScope] = useState<TokenScope>("producer");
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.tokens.pathFilter()),
    }),
  );
  const { error, data } = create;
  if (data)
    return (
      <OneTimeDialog
        title={tokenDialog.madeTitle(data.name)}
        what={tokenDialog.madeWhat}
        label={tokenDialog.label}
        text={data.token}
        done={tokenDialog.done}
        onClose={onClose}
      />
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ name: name.trim(), scope });
  };
  const nameError = error?.data?.errors.find(({ path }) => path === "/name")?.message ?? null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={first}
      title={tokenDialog.title}
      description={tokenDialog.what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone="primary"
            disabled={create.isPending}
            focusableWhenDisabled
          >
            {tokenDialog.submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <TextInputField
          ref={first}
          label={tokenDialog.name}
          hint={tokenDialog.nameHint}
          error={nameError}
          autoComplete="off"
          required
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            create.reset();
          }}
        />
        <SelectField label={tokenDialog.scope} value={scope} options={scopeOptions} onChange={setScope} />
        {error && nameError === null ? (
          <ErrorState title={partWords.notDone} detail={problemText(error)} />
        ) : null}
      </form>
    </Dialog>
  );
}
