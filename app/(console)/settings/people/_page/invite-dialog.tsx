"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextInputField } from "#components/ui/text-input-field.tsx";
import type { Role } from "#core/access/role.ts";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";
import { roleOptions } from "./role-options.ts";

const { inviteDialog, linkDialog } = peopleWords;

/** Asks whom to invite as what, then shows the link this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
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
  const loginError = fieldError(error, "/login");
  return (
    <FormDialog
      initialFocus={first}
      title={inviteDialog.title}
      description={inviteDialog.what}
      confirm={inviteDialog.submit}
      pending={invite.isPending}
      problem={error && loginError === null ? problemText(error) : null}
      onClose={onClose}
      onSubmit={() => invite.mutate({ login, role })}
    >
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
    </FormDialog>
  );
}
