"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { AdminsOnly } from "../../_frame/admins-only.tsx";
import { ListHead } from "../../_frame/list-head.tsx";
import { TokenDialog } from "./token-dialog.tsx";
import { TokenTable } from "./token-table.tsx";

const { tokens: words } = peopleWords;

/** The bearer tokens of the HTTP API. */
export function TokensView() {
  return (
    <AdminsOnly title={words.title}>
      <TokenList />
    </AdminsOnly>
  );
}

function TokenList() {
  const trpc = useTRPC();
  const [isMaking, setMaking] = useState(false);
  const [isRevokedShown, setRevokedShown] = useState(false);
  const { data, error, refetch } = useQuery(trpc.tokens.list.queryOptions());
  const live = data?.tokens.filter((token) => token.revokedAtMs === null) ?? [];
  const revoked = data?.tokens.filter((token) => token.revokedAtMs !== null) ?? [];
  return (
    <div className="flex flex-col gap-6">
      <ListHead title={words.title} why={words.why} add={words.create} onAdd={() => setMaking(true)} />
      {error ? <QueryProblem error={error} onRetry={() => void refetch()} /> : null}
      {data ? null : error ? null : <SkeletonRows rows={4} />}
      {data && live.length === 0 ? <EmptyState title={words.empty}>{words.emptyWhy}</EmptyState> : null}
      {live.length > 0 ? <TokenTable tokens={live} /> : null}
      {revoked.length > 0 ? (
        <Button tone="quiet" className="self-start" onClick={() => setRevokedShown(!isRevokedShown)}>
          {isRevokedShown ? words.hideRevoked : words.showRevoked(revoked.length)}
        </Button>
      ) : null}
      {isRevokedShown && revoked.length > 0 ? <TokenTable tokens={revoked} /> : null}
      {isMaking ? <TokenDialog onClose={() => setMaking(false)} /> : null}
    </div>
  );
}
