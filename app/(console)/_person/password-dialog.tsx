"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useSession } from "#app/_session/session-provider.tsx";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { notify } from "#components/ui/notify.ts";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { findPasswordProblem } from "#core/access/password.ts";
import { FormDialog } from "../_parts/form-dialog.tsx";
import { problemText } from "../_parts/problem-text.ts";

const { person, link } = accessWords;

/** Changes one's own password, given the one there is. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const first = useRef<HTMLInputElement>(null);
  const login = useSession()?.name ?? "";
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isTried, setTried] = useState(false);
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        notify({ text: person.changed, detail: person.changedWhy });
        onClose();
      },
    }),
  );
  const { error } = change;
  const problem = findPasswordProblem(next, login);
  const submit = () => {
    setTried(true);
    if (problem === null) change.mutate({ current, next });
  };
  return (
    <FormDialog
      initialFocus={first}
      title={person.changePassword}
      description={person.nextWhy}
      confirm={person.change}
      pending={change.isPending}
      problem={error && (error.data?.errors.length ?? 0) === 0 ? problemText(error) : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <input type="hidden" name="username" autoComplete="username" value={login} />
      <TextInputField
        ref={first}
        label={person.current}
        error={fieldError(error, "/current")}
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
        value={current}
        onChange={(event) => {
          setCurrent(event.target.value);
          change.reset();
        }}
      />
      <TextInputField
        label={person.next}
        hint={link.passwordHint}
        error={fieldError(error, "/next") ?? (isTried ? problem : null)}
        type="password"
        autoComplete="new-password"
        required
        maxLength={200}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
    </FormDialog>
  );
}
