"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { Role } from "#core/access/role.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";
import { roleOptions } from "./role-options.ts";

const { inviteDialog, linkDialog } = peopleWords;

/** Asks whom to invite as what, then shows the link this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const first = useRef<HTMLInputElement>(null);
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.people.pathFilter()),
    }),
  );
  const { error } = invite;
  if (invite.data)
    return (
      <OneTimeDialog
        title={linkDialog.inviteTitle(login.trim())}
        what={linkDialog.what}
        label={linkDialog.label}
        text={invite.data.url}
        expiresAtMs={invite.data.expiresAtMs}
        onClose={onClose}
      />
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!invite.isPending) invite.mutate({ login, role });
  };
  const loginError = error?.data?.errors.find(({ path }) => path === "/login")?.message ?? null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={first}
      title={inviteDialog.title}
      description={inviteDialog.what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone="primary"
            disabled={invite.isPending}
            focusableWhenDisabled
          >
            {inviteDialog.submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        <TextInputField
          ref={first}
          label={inviteDialog.login}
          hint={inviteDialog.loginHint}
          error={loginError}
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={200}
          value={login}
          onChange={(event) => {
            setLogin(event.target.value);
            invite.reset();
          }}
        />
        <SelectField
          label={inviteDialog.role}
          hint={accessWords.roleWhy[role]}
          value={role}
          options={roleOptions}
          onChange={setRole}
        />
        {error && loginError === null ? (
          <ErrorState title={partWords.notDone} detail={problemText(error)} />
        ) : null}
      </form>
    </Dialog>
  );
}
