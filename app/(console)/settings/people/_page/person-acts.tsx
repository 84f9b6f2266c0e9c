"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { notify } from "#components/ui/notify.ts";
import { ConfirmDialog } from "../../../_parts/confirm-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";
import { OneTimeDialog } from "../../_frame/one-time-dialog.tsx";
import type { Person } from "./people-list.ts";
import { RoleDialog } from "./role-dialog.tsx";

const { people: words, resetDialog, signOutDialog, disableDialog, linkDialog } = peopleWords;

/** What an admin can do about a person, each asked once more before it is done. */
export function PersonActs({ person, isYou }: { person: Person; isYou: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, login } = person;
  const [open, setOpen] = useState<"role" | "reset" | "sign-out" | "disable" | null>(null);
  const finish = (text: string) => {
    setOpen(null);
    notify({ text });
    void queryClient.invalidateQueries(trpc.people.pathFilter());
  };
  const onError = (error: Parameters<typeof problemText>[0]) =>
    notify({ text: problemText(error), tone: "error" });
  const reset = useMutation(trpc.people.resetLink.mutationOptions());
  const signOut = useMutation(
    trpc.people.signOut.mutationOptions({ onSuccess: () => finish(signOutDialog.done(login)) }),
  );
  const disable = useMutation(
    trpc.people.setDisabled.mutationOptions({ onSuccess: () => finish(disableDialog.done(login)) }),
  );
  const enable = useMutation(
    trpc.people.setDisabled.mutationOptions({
      onSuccess: () => finish(disableDialog.enabled(login)),
      onError,
    }),
  );
  const close = () => {
    setOpen(null);
    for (const act of [reset, signOut, disable]) act.reset();
  };
  const problemOf = ({ error }: { error: Parameters<typeof problemText>[0] | null }) =>
    error ? problemText(error) : null;
  const isOut = person.disabledAtMs !== null;
  const why = isYou ? words.own : undefined;
  return (
    <>
      <Menu
        trigger={
          <Button tone="quiet" size="icon" aria-label={words.acts(login)}>
            <Ellipsis aria-hidden />
          </Button>
        }
        groups={[
          [
            { label: words.changeRole, why, onSelect: () => setOpen("role") },
            { label: words.reset, why: isOut ? words.disabled : why, onSelect: () => setOpen("reset") },
          ],
          [
            { label: words.signOut, why, onSelect: () => setOpen("sign-out") },
            isOut
              ? { label: words.enable, onSelect: () => enable.mutate({ id, disabled: false, reason: "" }) }
              : { label: words.disable, danger: true, why, onSelect: () => setOpen("disable") },
          ],
        ]}
      />
      {open === "role" ? <RoleDialog person={person} onClose={close} onDone={finish} /> : null}
      {open === "reset" && reset.data ? (
        <OneTimeDialog
          title={linkDialog.resetTitle(login)}
          what={linkDialog.what}
          label={linkDialog.label}
          text={reset.data.url}
          expiresAtMs={reset.data.expiresAtMs}
          onClose={close}
        />
      ) : null}
      {open === "reset" && !reset.data ? (
        <ConfirmDialog
          title={resetDialog.title(login)}
          what={resetDialog.what}
          confirm={resetDialog.submit}
          pending={reset.isPending}
          problem={problemOf(reset)}
          onClose={close}
          onConfirm={() => reset.mutate({ id })}
        />
      ) : null}
      {open === "sign-out" ? (
        <ConfirmDialog
          title={signOutDialog.title(login)}
          what={signOutDialog.what}
          confirm={signOutDialog.submit}
          danger
          pending={signOut.isPending}
          problem={problemOf(signOut)}
          onClose={close}
          onConfirm={() => signOut.mutate({ id })}
        />
      ) : null}
      <ReasonDialog
        open={open === "disable"}
        title={disableDialog.title(login)}
        what={disableDialog.what}
        confirm={disableDialog.submit}
        danger
        needed={false}
        pending={disable.isPending}
        problem={problemOf(disable)}
        onClose={close}
        onConfirm={(reason) => disable.mutate({ id, disabled: true, reason })}
      />
    </>
  );
}
