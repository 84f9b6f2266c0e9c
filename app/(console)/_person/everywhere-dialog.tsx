"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { ConfirmDialog } from "../_parts/confirm-dialog.tsx";
import { problemText } from "../_parts/problem-text.ts";

const { person } = accessWords;

/** Asks before every browser of one's own is signed out. */
export function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const act = useMutation(
    trpc.session.signOutEverywhere.mutationOptions({ onSuccess: () => location.assign("/sign-in") }),
  );
  return (
    <ConfirmDialog
      title={person.everywhereTitle}
      what={person.everywhereWhy}
      confirm={person.signOutEverywhere}
      danger
      pending={act.isPending}
      problem={act.error ? problemText(act.error) : null}
      onClose={onClose}
      onConfirm={() => act.mutate()}
    />
  );
}
