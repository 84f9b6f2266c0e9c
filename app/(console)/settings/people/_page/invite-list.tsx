"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { accessWords } from "#app/words/access-words.ts";
import { peopleWords } from "#app/words/people-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import type { Invite } from "./people-list.ts";

const { people: words } = peopleWords;

/** Invitations that have not been used yet; one can be withdrawn, and made again at any time. */
export function InviteList({ invites }: { invites: readonly Invite[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries(trpc.people.pathFilter());
  const withdraw = useMutation(
    trpc.people.withdrawInvite.mutationOptions({
      onError: (error) => notify({ text: problemText(error), tone: "error" }),
      onSettled: refresh,
    }),
  );
  return (
    <ul className="text-sm">
      {invites.map(({ id, login, role, createdBy, expiresAtMs }) => (
        <li key={id} className="hairline-b flex flex-wrap items-center gap-x-3 gap-y-0.5 px-2 py-1">
          <span className="min-w-0 truncate font-medium">
            <ForeignText text={login ?? ""} />
          </span>
          <span>{accessWords.roles[role]}</span>
          <span className="text-ink-3">
            <ForeignText text={words.invitedBy(createdBy)} /> · {words.expires}{" "}
            <RelativeTime atMs={expiresAtMs} />
          </span>
          <Button
            size="small"
            className="ml-auto"
            disabled={withdraw.isPending}
            focusableWhenDisabled
            onClick={() =>
              withdraw.mutate({ id }, { onSuccess: () => notify({ text: words.withdrawn(login ?? "") }) })
            }
          >
            {words.withdraw}
          </Button>
        </li>
      ))}
    </ul>
  );
}
