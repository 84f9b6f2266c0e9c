"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { partWords } from "#app/words/part-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
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
    <Dialog
      open
      onOpenChange={onClose}
      title={roleDialog.title(person.login)}
      description={roleDialog.what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            tone="primary"
            disabled={change.isPending || role === person.role}
            focusableWhenDisabled
            onClick={() => change.mutate({ id: person.id, role })}
          >
            {roleDialog.submit}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-1">
        <SelectField
          label={peopleWords.inviteDialog.role}
          hint={accessWords.roleWhy[role]}
          value={role}
          options={roleOptions}
          onChange={setRole}
        />
        {change.error ? <ErrorState title={partWords.notDone} detail={problemText(change.error)} /> : null}
      </div>
    </Dialog>
  );
}
