"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { peopleWords } from "#app/words/people-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { ConfirmDialog } from "../../../_parts/confirm-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";

const { tokens: words, revokeDialog } = peopleWords;

type Token = inferRouterOutputs<AppRouter>["tokens"]["list"]["tokens"][number];

/** Tokens with what they may do and when they were last used; one in force can be revoked. */
export function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Token | null>(null);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => {
        notify({ text: revokeDialog.done(asked?.name ?? "") });
        setAsked(null);
        void queryClient.invalidateQueries(trpc.tokens.pathFilter());
      },
    }),
  );
  const { columns } = words;
  return (
    <>
      <Table label={words.table}>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.scope}</Th>
            <Th className="max-md:hidden">{columns.begins}</Th>
            <Th className="max-lg:hidden">{columns.made}</Th>
            <Th className="max-sm:hidden">{columns.used}</Th>
            <Th unseen>{columns.acts}</Th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id} className="hairline-b hover:bg-hover">
              <Td className="max-w-56 max-sm:h-auto max-sm:max-w-40 max-sm:py-1.5">
                <span className="block truncate font-medium">
                  <ForeignText text={token.name} />
                </span>
                <span className="text-ink-3 sm:hidden">
                  {columns.used}{" "}
                  {token.lastUsedAtMs === null ? words.never : <RelativeTime atMs={token.lastUsedAtMs} />}
                </span>
              </Td>
              <Td>{words.scopes[token.scope]}</Td>
              <Td className="font-mono text-ink-3 max-md:hidden">{token.prefix}…</Td>
              <Td className="text-ink-3 max-lg:hidden">
                <RelativeTime atMs={token.createdAtMs} /> · <ForeignText text={token.createdBy} />
              </Td>
              <Td className="text-ink-3 max-sm:hidden">
                {token.lastUsedAtMs === null ? words.never : <RelativeTime atMs={token.lastUsedAtMs} />}
              </Td>
              <Td end>
                {token.revokedAtMs === null ? (
                  <Button size="small" onClick={() => setAsked(token)}>
                    {words.revoke}
                  </Button>
                ) : (
                  <span className="text-ink-3">
                    {words.revoked} <RelativeTime atMs={token.revokedAtMs} />
                  </span>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {asked ? (
        <ConfirmDialog
          title={revokeDialog.title(asked.name)}
          what={revokeDialog.what}
          confirm={revokeDialog.submit}
          danger
          pending={revoke.isPending}
          problem={revoke.error ? problemText(revoke.error) : null}
          onClose={() => {
            setAsked(null);
            revoke.reset();
          }}
          onConfirm={() => revoke.mutate({ id: asked.id })}
        />
      ) : null}
    </>
  );
}
