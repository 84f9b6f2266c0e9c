"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useSession } from "#app/_session/session-provider.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { notify } from "#components/ui/notify.ts";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { findPasswordProblem } from "#core/access/password.ts";
import { problemText } from "../_parts/problem-text.ts";

const { person, link } = accessWords;

/** Changes one's own password, given the one there is. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const formId = useId();
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
  const fieldError = (path: string) =>
    error?.data?.errors.find((each) => each.path === path)?.message ?? null;
  const problem = findPasswordProblem(next, login);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null && !change.isPending) change.mutate({ current, next });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={first}
      title={person.changePassword}
      description={person.nextWhy}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone="primary"
            disabled={change.isPending}
            focusableWhenDisabled
          >
            {person.change}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <input type="hidden" name="username" autoComplete="username" value={login} />
        <TextInputField
          ref={first}
          label={person.current}
          error={fieldError("/current")}
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
          error={fieldError("/next") ?? (isTried ? problem : null)}
          type="password"
          autoComplete="new-password"
          required
          maxLength={200}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        {error && (error.data?.errors.length ?? 0) === 0 ? (
          <ErrorState title={partWords.notDone} detail={problemText(error)} />
        ) : null}
      </form>
    </Dialog>
  );
}
