"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";

const { signIn } = accessWords;

/** Login name and password. After a refusal the password is selected, to be typed again; the name stays. */
export function SignInForm({
  login: known = "",
  large = false,
  onSignedIn,
}: {
  /** Filled in already. */
  login?: string;
  large?: boolean;
  onSignedIn: () => void;
}) {
  const trpc = useTRPC();
  const field = useRef<HTMLInputElement>(null);
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState("");
  const attempt = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: onSignedIn,
      onError: () => field.current?.select(),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!attempt.isPending) attempt.mutate({ login, password });
  };
  const { error } = attempt;
  const isDone = attempt.isPending || attempt.isSuccess;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextInputField
        label={signIn.login}
        name="username"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        autoFocus={known === ""}
        className={large ? "h-9" : undefined}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <TextInputField
        ref={field}
        label={signIn.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
        autoFocus={known !== ""}
        className={large ? "h-9" : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {error ? (
        <ErrorState title={signIn.refused} detail={error.data ? error.message : partWords.notReached} />
      ) : null}
      <Button
        type="submit"
        tone="primary"
        disabled={isDone}
        focusableWhenDisabled
        className={large ? "h-9 text-base" : undefined}
      >
        {isDone ? signIn.working : signIn.submit}
      </Button>
    </form>
  );
}
