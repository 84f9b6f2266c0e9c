"use client";

import { ArrowUp } from "lucide-react";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { type JobAct, JobActDialog } from "../_act/job-act-dialog.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { JobTable } from "./job-table.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useJobFilter } from "./use-job-filter.ts";
import { useJobList } from "./use-job-list.ts";

/** Newer jobs are counted up to here. */
const mostNewer = 100;

/** The jobs list: filters, rows, selection. */
export function JobsView() {
  const state = useJobFilter();
  const { list, jobs, newer } = useJobList(state);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [act, setAct] = useState<JobAct | null>(null);
  const chosen = jobs.filter((job) => selected.has(job.id));
  const toggle = (id: string) =>
    setSelected((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id]));
  const begin = (kind: JobAct["kind"], rowId: string | null) => {
    const targets = chosen.length > 0 ? chosen : jobs.filter((job) => job.id === rowId);
    if (targets.length > 0)
      setAct({ kind, jobs: targets.map(({ id, state: jobState }) => ({ id, state: jobState })) });
  };
  const row = useRowKeys();
  useKeys({
    j: row.next,
    k: row.previous,
    x: () => {
      const id = row.current();
      if (id) toggle(id);
    },
    r: () => begin("retry", row.current()),
    c: () => begin("cancel", row.current()),
    Escape: () => setSelected(new Set()),
  });

  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{jobWords.title}</h1>
      <FilterBar state={state} />
      {newer > 0 ? (
        <div>
          <Button size="small" onClick={() => list.refetch()}>
            <ArrowUp aria-hidden />
            <span aria-live="polite">{jobWords.newer(newer, mostNewer)}</span>
          </Button>
        </div>
      ) : null}
      {list.error && !list.data ? (
        <QueryProblem error={list.error} onRetry={() => list.refetch()} />
      ) : list.data ? (
        <>
          {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
          {jobs.length > 0 ? (
            <JobTable jobs={jobs} selected={selected} onToggle={toggle} faded={list.isPlaceholderData} />
          ) : (
            <NoJobs filtered={state.filtered} further={list.data.nextCursor !== null} onClear={state.clear} />
          )}
          <div className="flex items-center gap-2 text-sm text-ink-3">
            {jobs.length > 0 ? jobWords.shown(jobs.length) : null}
            <span className="grow" />
            {state.values.cursor ? <Button onClick={() => state.goTo(null)}>{jobWords.newest}</Button> : null}
            {list.data.nextCursor ? (
              <Button onClick={() => state.goTo(list.data?.nextCursor ?? null)}>
                {jobs.length > 0 ? jobWords.older : jobWords.lookFurther}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <SkeletonRows rows={14} />
      )}
      {chosen.length > 0 ? (
        <SelectionBar
          count={chosen.length}
          onAct={(kind) => begin(kind, null)}
          onClear={() => setSelected(new Set())}
        />
      ) : null}
      <JobActDialog
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

function NoJobs({
  filtered,
  further,
  onClear,
}: {
  filtered: boolean;
  further: boolean;
  onClear: () => void;
}) {
  if (further) return <EmptyState title={jobWords.partly}>{jobWords.partlyTeach}</EmptyState>;
  if (filtered) {
    return (
      <EmptyState title={jobWords.noneMatch} action={<Button onClick={onClear}>{jobWords.clear}</Button>}>
        {jobWords.noneMatchTeach}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={jobWords.noneYet} action={<CommandLine command="npm run demo" />}>
      {jobWords.noneYetTeach}
    </EmptyState>
  );
}
