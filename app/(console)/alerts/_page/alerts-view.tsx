"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { AlertView } from "#server/api/routers/alerts.ts";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { AlertFilterBar } from "./alert-filter-bar.tsx";
import { AlertRow } from "./alert-row.tsx";
import { orderByObject } from "./order-by-object.ts";
import { SilencesPanel } from "./silences-panel.tsx";
import { useAlertFilter } from "./use-alert-filter.ts";

const refetchMs = 3_000;

/** What stalls or fails, each with its cause, what was ruled out and what to press; and what did before. */
export function AlertsView() {
  const trpc = useTRPC();
  const state = useAlertFilter();
  const { values, filter } = state;
  const options = { placeholderData: keepPreviousData, refetchInterval: refetchMs };
  const isOpen = values.view === "open";
  const open = useQuery(trpc.alerts.open.queryOptions(filter, { ...options, enabled: isOpen }));
  const past = useQuery(trpc.alerts.past.queryOptions(filter, { ...options, enabled: !isOpen }));
  const list = isOpen ? open : past;
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const alerts = list.data?.alerts ?? [];
  // What is over is read by time.
  const listed = isOpen ? orderByObject(alerts) : alerts.map((alert) => ({ alert, isFurther: false }));
  const first = listed.find(({ alert }) => needsContainment(alert))?.alert;
  const isElsewhere = values.alert !== null && !alerts.some(({ id }) => id === values.alert);
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{alertWords.title}</h1>
      <AlertFilterBar state={state} />
      {list.data && list.error ? (
        <QueryProblem error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && isElsewhere && values.alert !== null ? (
        <SingleAlert id={values.alert} onClose={() => state.open(null)} />
      ) : null}
      {!list.data ? (
        <Unread query={list} rows={6} />
      ) : alerts.length > 0 ? (
        <ul aria-label={alertWords.list[values.view]} className={cn(list.isPlaceholderData && "opacity-60")}>
          {listed.map(({ alert, isFurther }) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              isOpen={alert.id === values.alert}
              isFurther={isFurther}
              isFirst={alert.id === first?.id}
              onToggle={() => state.open(alert.id === values.alert ? null : alert.id)}
            />
          ))}
        </ul>
      ) : (
        <Nothing state={state} />
      )}
      {list.data ? (
        <div className="flex justify-end gap-2">
          {values.cursor ? <Button onClick={() => state.goTo(null)}>{alertWords.newest}</Button> : null}
          {list.data.nextCursor ? (
            <Button onClick={() => state.goTo(list.data?.nextCursor ?? null)}>{alertWords.older}</Button>
          ) : null}
        </div>
      ) : null}
      <SilencesPanel />
    </div>
  );
}

function Nothing({ state }: { state: ReturnType<typeof useAlertFilter> }) {
  if (state.filtered)
    return (
      <EmptyState
        title={alertWords.noneMatch}
        action={<Button onClick={state.clear}>{alertWords.clear}</Button>}
      />
    );
  if (state.values.view === "past")
    return <EmptyState title={alertWords.nonePast}>{alertWords.nonePastTeach}</EmptyState>;
  return <EmptyState title={alertWords.none}>{alertWords.noneTeach}</EmptyState>;
}

/** The alert that the address names, when it is not on this page of the list: one that cleared since a message told of it. */
function SingleAlert({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.alerts.get.queryOptions({ id }, { retry: false, refetchInterval: refetchMs }));
  if (!found.data)
    return found.error ? <QueryProblem error={found.error} onRetry={() => void found.refetch()} /> : null;
  return (
    <ul aria-label={alertWords.showOne}>
      <AlertRow alert={found.data} isOpen isFirst={needsContainment(found.data)} onToggle={onClose} />
    </ul>
  );
}

/** Whether nobody has yet taken on what is critical and can be contained. */
function needsContainment({ severity, acknowledged, containment, clearedAtMs }: AlertView): boolean {
  return severity === "critical" && acknowledged === null && containment !== null && clearedAtMs === null;
}
