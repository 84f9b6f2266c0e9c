"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import { findPasswordProblem } from "#core/access/password.ts";
import type { LinkView } from "#server/api/session-view.ts";
import { DoorHead } from "./door-head.tsx";
import { enter } from "./enter.ts";

const { link: words, signIn, roles, roleWhy } = accessWords;

interface Fields {
  login: string;
  displayName: string;
  password: string;
}

/** Makes an account, or a new password, by a link; the rule for passwords is told while typing. */
export function LinkForm({ secret, link }: { secret: string; link: LinkView }) {
  const trpc = useTRPC();
  const known = link.login ?? "";
  const isDefaultName = link.displayName === null || link.displayName === known;
  const [fields, setFields] = useState<Fields>({
    login: known,
    displayName: isDefaultName ? "" : (link.displayName ?? ""),
    password: "",
  });
  const [isTried, setTried] = useState(false);
  const attempt = useMutation(trpc.session.acceptLink.mutationOptions({ onSuccess: () => enter("/") }));
  const { error } = attempt;
  const set = (field: keyof Fields) => (event: { target: { value: string } }) => {
    setFields({ ...fields, [field]: event.target.value });
    if (error) attempt.reset();
  };
  const problem = findPasswordProblem(fields.password, fields.login);
  const passwordError = fieldError(error, "/password") ?? (isTried ? problem : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem !== null || attempt.isPending) return;
    const { login, displayName, password } = fields;
    if (link.kind === "first-admin")
      attempt.mutate({ kind: link.kind, secret, login, displayName, password });
    else if (link.kind === "invite") attempt.mutate({ kind: link.kind, secret, displayName, password });
    else if (link.kind === "reset") attempt.mutate({ kind: link.kind, secret, password });
  };
  const isDone = attempt.isPending || attempt.isSuccess;
  const texts = {
    "first-admin": { title: words.firstTitle, why: words.firstWhy, submit: words.firstSubmit },
    invite: {
      title: words.inviteTitle,
      why: words.inviteWhy(known, roles[link.role], roleWhy[link.role]),
      submit: words.inviteSubmit,
    },
    reset: { title: words.resetTitle, why: words.resetWhy(known), submit: words.resetSubmit },
    demo: { title: words.demoTitle, why: words.demoWhy, submit: signIn.submit },
  }[link.kind];
  return (
    <div data-signal={attempt.isSuccess ? "clear" : "stop"} className="flex flex-col gap-6">
      <DoorHead title={texts.title}>{texts.why}</DoorHead>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {link.kind === "first-admin" ? (
          <TextInputField
            label={signIn.login}
            hint={signIn.loginHint}
            error={fieldError(error, "/login")}
            name="username"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            maxLength={200}
            className="h-9"
            value={fields.login}
            onChange={set("login")}
          />
        ) : (
          <input type="hidden" name="username" autoComplete="username" value={known} />
        )}
        {link.kind === "reset" ? null : (
          <TextInputField
            label={words.displayName}
            hint={words.displayNameHint}
            error={fieldError(error, "/displayName")}
            name="name"
            autoComplete="name"
            required
            autoFocus={link.kind === "invite"}
            maxLength={100}
            className="h-9"
            value={fields.displayName}
            onChange={set("displayName")}
          />
        )}
        <TextInputField
          label={words.password}
          hint={words.passwordHint}
          error={passwordError}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          autoFocus={link.kind === "reset"}
          maxLength={200}
          className="h-9"
          value={fields.password}
          onChange={set("password")}
          onBlur={() => setTried(fields.password !== "")}
        />
        {error && (error.data?.errors.length ?? 0) === 0 ? (
          <ErrorState title={words.notDone} detail={error.data ? error.message : partWords.notReached} />
        ) : null}
        <Button
          type="submit"
          tone="primary"
          disabled={isDone}
          focusableWhenDisabled
          className="h-9 text-base"
        >
          {isDone ? signIn.working : texts.submit}
        </Button>
      </form>
      <p className="text-sm text-ink-3">
        {words.once} <RelativeTime atMs={link.expiresAtMs} />.
      </p>
    </div>
  );
}
