"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { peopleWords } from "#app/words/people-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";

const { tokenDialog } = peopleWords;
const scopeOptions = tokenScopes.map((value) => ({ value, label: tokenDialog.scopes[value] }));

/** Asks for a name and a scope, then shows the token this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
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
  const nameError = fieldError(error, "/name");
  return (
    <FormDialog
      initialFocus={first}
      title={tokenDialog.title}
      description={tokenDialog.what}
      confirm={tokenDialog.submit}
      pending={create.isPending}
      problem={error && nameError === null ? problemText(error) : null}
      onClose={onClose}
      onSubmit={() => create.mutate({ name: name.trim(), scope })}
    >
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
    </FormDialog>
  );
}
