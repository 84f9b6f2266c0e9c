"use client";

import { useRole } from "#app/_session/use-role.ts";
import { failureWords } from "#app/words/failure-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { BackLink } from "../../../_parts/back-link.tsx";
import type { GroupActKind } from "../../_act/group-act-dialog.tsx";
import { GroupState } from "../../_parts/group-state.tsx";
import { GroupTitle } from "../../_parts/group-title.tsx";

/** What failed, how the group stands and by whom, and what can be said of it. */
export function GroupHeader({
  detail: { group },
  onAct,
}: {
  detail: GroupDetail;
  onAct: (kind: GroupActKind) => void;
}) {
  const { said, state } = group;
  const mayAct = roleCovers(useRole(), "operator");
  return (
    <header className="flex flex-col gap-1">
      <BackLink href="/failures">{failureWords.back}</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h1 className="line-clamp-3 min-w-0 text-title font-semibold break-words">
          <GroupTitle name={group.name} message={group.message} />
        </h1>
        {mayAct ? (
          <div className="flex gap-2">
            {state === "open" ? null : (
              <Button tone="primary" onClick={() => onAct("reopen")}>
                {failureWords.reopen}
              </Button>
            )}
            {state === "resolved" ? null : (
              <Button onClick={() => onAct("resolve")}>{failureWords.resolve}</Button>
            )}
            {state === "ignored" ? null : (
              <Button onClick={() => onAct("ignore")}>{failureWords.ignore}</Button>
            )}
          </div>
        ) : null}
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <FailureClassBadge failureClass={group.class} />
        <GroupState state={state} />
        {said ? (
          <span className="text-ink-2">
            {failureWords.said(said.actor, failureWords.state[state])} <RelativeTime atMs={said.atMs} />
            {said.standing ? `, ${failureWords.standing(said.standing)}` : ""}
            {said.reason ? (
              <>
                : <ForeignText text={said.reason} />
              </>
            ) : null}
          </span>
        ) : null}
      </p>
    </header>
  );
}
