"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { priorityWords } from "#app/words/priority-words.ts";
import { AuditTrail } from "../../_parts/audit-trail.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { PriorityEditor } from "./priority-editor.tsx";

const settingsEveryMs = 10_000;
const loadsEveryMs = 5_000;

/** What orders the priority classes, and what a change of it does to the next starts. */
export function PrioritiesView() {
  const trpc = useTRPC();
  const settings = useQuery(
    trpc.priorities.get.queryOptions(undefined, { refetchInterval: settingsEveryMs }),
  );
  const loads = useQuery(
    trpc.priorities.loads.queryOptions(undefined, {
      refetchInterval: loadsEveryMs,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">{priorityWords.title}</h1>
      <p className="max-w-200 text-ink-2">{priorityWords.what}</p>
      {settings.data ? (
        <PriorityEditor saved={settings.data} loads={loads.data ?? null} />
      ) : (
        <Unread query={settings} rows={6} />
      )}
      {loads.error && !loads.data ? (
        <QueryProblem error={loads.error} onRetry={() => void loads.refetch()} />
      ) : null}
      <AuditTrail objectKind="setting" objectId="priority" />
    </div>
  );
}
