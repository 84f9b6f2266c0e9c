"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { FormDialog } from "../../../_parts/form-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import type { Person } from "./people-list.ts";
import { roleOptions } from "./role-options.ts";

const { roleDialog } = peopleWords;

/** Gives a person another role. */
export function RoleDialog({
  person,
  onClose,
  onDone,
}: {
  person: Person;
  onClose: () => void;
  onDone: (text: string) => void;
}) {
  const trpc = useTRPC();
  const [role, setRole] = useState(person.role);
  const change = useMutation(
    trpc.people.setRole.mutationOptions({
      onSuccess: (now) => onDone(roleDialog.changed(now.login, accessWords.roles[now.role])),
    }),
  );
  return (
    <FormDialog
      title={roleDialog.title(person.login)}
      description={roleDialog.what}
      confirm={roleDialog.submit}
      ready={role !== person.role}
      pending={change.isPending}
      problem={change.error ? problemText(change.error) : null}
      onClose={onClose}
      onSubmit={() => change.mutate({ id: person.id, role })}
    >
      <SelectField
        label={peopleWords.inviteDialog.role}
        hint={accessWords.roleWhy[role]}
        value={role}
        options={roleOptions}
        onChange={setRole}
      />
    </FormDialog>
  );
}
