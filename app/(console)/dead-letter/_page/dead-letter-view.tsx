"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { roleCovers } from "#core/access/role.ts";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { FailureNav } from "../../failures/_parts/failure-nav.tsx";
import { GroupBulk } from "../../failures/_parts/group-bulk.tsx";
import { type DeadAct, DeadActDialog } from "./dead-act-dialog.tsx";
import { DeadEdit } from "./dead-edit.tsx";
import { DeadGroups } from "./dead-groups.tsx";
import { DeadTable } from "./dead-table.tsx";

const { dead } = failureWords;
const refetchMs = 5_000;
const noGroup = "none";

/** The dead letter: what died, of what, and retry, edit and retry, or discard, by hand or by keys alone. */
export function DeadLetterView() {
  const trpc = useTRPC();
  const mayAct = roleCovers(useRole(), "operator");
  const [{ group, cursor }, setValues] = useQueryStates(
    { group: parseAsString, cursor: parseAsString },
    { history: "push" },
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [act, setAct] = useState<DeadAct | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const fingerprint = group === null ? null : group === noGroup ? "" : group;
  const groups = useQuery(trpc.failures.deadGroups.queryOptions(undefined, { refetchInterval: refetchMs }));
  const list = useQuery(
    trpc.failures.deadJobs.queryOptions(
      { fingerprint, cursor },
      // Rows hold still while somebody selects.
      {
        placeholderData: keepPreviousData,
        refetchInterval: selected.size > 0 || act || editing ? false : refetchMs,
      },
    ),
  );
  const jobs = list.data?.jobs ?? [];
  const chosen = jobs.filter((job) => selected.has(job.id)).map((job) => job.id);
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const row = useRowKeys();
  const toggle = (id: string) =>
    setSelected((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id]));
  const begin = (kind: DeadAct["kind"]) => {
    const here = row.current();
    const ids = chosen.length > 0 ? chosen : here === null ? [] : [here];
    if (mayAct && ids.length > 0) setAct({ kind, ids });
  };
  useKeys({
    j: row.next,
    k: row.previous,
    x: () => {
      const id = row.current();
      if (id) toggle(id);
    },
    r: () => begin("retry"),
    d: () => begin("discard"),
    e: () => {
      const id = row.current();
      if (mayAct && id) setEditing(id);
    },
    Escape: () => setSelected(new Set()),
  });
  const shown = groups.data?.groups.find((each) => each.fingerprint === fingerprint && fingerprint !== "");
  const nothing = groups.data?.groups.length === 0 && jobs.length === 0;
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{dead.title}</h1>
      <FailureNav />
      {groups.error ? <QueryProblem error={groups.error} onRetry={() => groups.refetch()} /> : null}
      {nothing ? (
        <EmptyState title={dead.none}>{dead.noneTeach}</EmptyState>
      ) : (
        <>
          <p className="text-ink-2">{dead.what}</p>
          {groups.data ? (
            <DeadGroups
              groups={groups.data.groups}
              more={groups.data.more}
              chosen={fingerprint}
              onChoose={(next) => {
                setSelected(new Set());
                void setValues({ group: next === "" ? noGroup : next, cursor: null });
              }}
            />
          ) : groups.error ? null : (
            <SkeletonRows rows={6} />
          )}
          {shown ? (
            <GroupBulk fingerprint={shown.fingerprint} dead={shown.dead} retrying={0} safe={false} />
          ) : null}
          {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
          {list.data ? (
            jobs.length > 0 ? (
              <DeadTable jobs={jobs} selected={selected} onToggle={toggle} faded={list.isPlaceholderData} />
            ) : (
              <EmptyState title={dead.noneOfGroup} />
            )
          ) : list.error ? null : (
            <SkeletonRows rows={10} />
          )}
          <div className="flex flex-wrap items-center gap-2 text-sm text-ink-3">
            {mayAct ? <span className="pointer-coarse:hidden">{dead.keys}</span> : null}
            <span className="grow" />
            {cursor ? <Button onClick={() => setValues({ cursor: null })}>{dead.newest}</Button> : null}
            {list.data?.nextCursor ? (
              <Button onClick={() => setValues({ cursor: list.data?.nextCursor ?? null })}>
                {dead.older}
              </Button>
            ) : null}
          </div>
        </>
      )}
      {mayAct && chosen.length > 0 ? (
        <section
          aria-label={dead.selected(chosen.length)}
          className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-md border border-line bg-float p-1.5 pl-3 text-sm shadow-float max-sm:bottom-16 max-sm:w-[calc(100vw-16px)] max-sm:flex-wrap"
        >
          <span aria-live="polite" className="whitespace-nowrap">
            {dead.selected(chosen.length)}
          </span>
          <Button onClick={() => begin("retry")}>{dead.retry(chosen.length)}</Button>
          {only === undefined ? null : <Button onClick={() => setEditing(only)}>{dead.edit}</Button>}
          <Button onClick={() => begin("discard")}>{dead.discard(chosen.length)}</Button>
          <Button tone="quiet" onClick={() => setSelected(new Set())}>
            {dead.clearSelection}
          </Button>
        </section>
      ) : null}
      {editing ? <DeadEdit id={editing} onClose={() => setEditing(null)} /> : null}
      <DeadActDialog
        act={act}
        onClose={() => setAct(null)}
        onDone={() => {
          setAct(null);
          setSelected(new Set());
        }}
      />
    </div>
  );
}
