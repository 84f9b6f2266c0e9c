"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { peopleWords } from "#app/words/people-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { AdminsOnly } from "../../_frame/admins-only.tsx";
import { ListHead } from "../../_frame/list-head.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { InviteList } from "./invite-list.tsx";
import { PeopleTable } from "./people-table.tsx";

const { people: words } = peopleWords;

/** Who may sign in, as what, and who is invited. */
export function PeopleView() {
  return (
    <AdminsOnly title={words.title}>
      <PeopleList />
    </AdminsOnly>
  );
}

function PeopleList() {
  const trpc = useTRPC();
  const [isInviting, setInviting] = useState(false);
  const [after, setAfter] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(
    trpc.people.list.queryOptions({ after }, { placeholderData: (previous) => previous }),
  );
  return (
    <div className="flex flex-col gap-6">
      <ListHead title={words.title} why={words.why} add={words.invite} onAdd={() => setInviting(true)} />
      {error ? <QueryProblem error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          <PeopleTable people={data.people} />
          {data.next ? (
            <Button className="self-start" onClick={() => setAfter(data.next)}>
              {words.more}
            </Button>
          ) : null}
          {data.invites.length > 0 ? (
            <Panel title={words.invites}>
              <InviteList invites={data.invites} />
            </Panel>
          ) : null}
        </>
      ) : error ? null : (
        <SkeletonRows rows={4} />
      )}
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </div>
  );
}
