"use client";

import { ArrowUp } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { explorerWords } from "#app/words/explorer-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { JobState } from "#core/job/job-state.ts";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import type { BulkTarget } from "../../bulk/_start/start-bulk.tsx";
import { type JobAct, JobActDialog } from "../_act/job-act-dialog.tsx";
import { rememberList } from "../_act/job-neighbours.ts";
import { JobTable } from "./job-table.tsx";
import { ListTools } from "./list-tools.tsx";
import { LookLine } from "./look-line.tsx";
import { NoJobs } from "./no-jobs.tsx";
import { QualifierBar } from "./qualifier-bar.tsx";
import { withTerm } from "./query-text.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { StateChips } from "./state-chips.tsx";
import { sayTotal, TotalLine, useTotal } from "./total-line.tsx";
import { mostRows, useJobList } from "./use-job-list.ts";
import { useJobQuery } from "./use-job-query.ts";
import { useSelection } from "./use-selection.ts";
import { ViewsMenu } from "./views-menu.tsx";

const StartBulk = dynamic(() =>
  import("../../bulk/_start/start-bulk.tsx").then((module) => module.StartBulk),
);
const JobPreview = dynamic(() => import("./job-preview.tsx").then((module) => module.JobPreview));

/** Newer jobs are counted up to here. */
const mostNewer = 100;

/** The jobs explorer: a bar that says what is shown, the rows, and what can be done with them. */
export function JobsView() {
  const state = useJobQuery();
  const [visibleIds, setVisibleIds] = useState<string[]>([]);
  const [held, setHeld] = useState(false);
  const [act, setAct] = useState<JobAct | null>(null);
  const [bulk, setBulk] = useState<BulkTarget | null>(null);
  const [previewed, setPreviewed] = useState<string | null>(null);
  const [selecting, setSelecting] = useState(false);
  const still = held || selecting;
  const shown = useJobList(state, visibleIds, still);
  const { list, jobs, newer, looked, full } = shown;
  const { selected, toggle, clear } = useSelection(jobs.map(({ id }) => id));
  useEffect(() => rememberList(jobs.map(({ id }) => id)), [jobs]);
  useEffect(() => setSelecting(selected.size > 0), [selected]);
  // Another filter is another list: what was selected in the one before is not in sight any more.
  const filterKey = JSON.stringify(state.filter);
  const listed = useRef(filterKey);
  useEffect(() => {
    if (listed.current === filterKey) return;
    listed.current = filterKey;
    clear();
  }, [filterKey, clear]);
  const total = useTotal(state, still);
  const mayAct = roleCovers(useRole(), "operator");

  const chosen = jobs.filter((job) => selected.has(job.id));
  const begin = (kind: JobAct["kind"], rowId: string | null) => {
    const targets = chosen.length > 0 ? chosen : jobs.filter((job) => job.id === rowId);
    if (!mayAct || targets.length === 0) return;
    if (targets.length === 1)
      setAct({ kind, jobs: targets.map(({ id, state: jobState }) => ({ id, state: jobState })) });
    else setBulk({ action: kind, jobs: { ids: targets.map(({ id }) => id) } });
  };
  const row = useRowKeys();
  const follow = (move: () => void) => () => {
    move();
    const id = row.current();
    if (previewed !== null && id) setPreviewed(id);
  };
  const onCurrent = (use: (id: string) => void) => () => {
    const id = row.current();
    if (id) use(id);
  };
  const preview = onCurrent((id) => setPreviewed((old) => (old === id ? null : id)));
  useKeys({
    j: follow(row.next),
    k: follow(row.previous),
    x: onCurrent((id) => toggle(id, false)),
    X: onCurrent((id) => toggle(id, true)),
    r: () => begin("retry", row.current()),
    c: () => begin("cancel", row.current()),
    p: preview,
    " ": preview,
    Escape: () => (previewed === null ? clear() : setPreviewed(null)),
  });

  const { fetchNextPage, hasNextPage, isFetchingNextPage, isError } = list;
  // A look that ended early goes on only when somebody asks; pages of jobs follow by themselves.
  const more = hasNextPage && !isFetchingNextPage && !isError && !looked && !full;
  const onNearEnd = useCallback(() => {
    if (more) fetchNextPage();
  }, [more, fetchNextPage]);
  const states = state.filter.where?.find((each) => each.field === "state" && !each.not);
  const chips = states?.field === "state" ? states.anyOf : [];
  const totalText = total === null ? null : sayTotal(total);

  return (
    <div className="flex flex-col gap-2">
      <h1 className="text-title font-semibold">{jobWords.title}</h1>
      <div className="flex items-start gap-2 max-sm:flex-col max-sm:items-stretch">
        <QualifierBar state={state} />
        <ViewsMenu state={state} />
      </div>
      <StateChips
        values={chips}
        onChange={(next: JobState[]) =>
          state.write(withTerm(state.text, "state", next.length > 0 ? { field: "state", anyOf: next } : null))
        }
      />
      {state.viewGone ? <p className="text-sm text-ink-2">{explorerWords.viewGone}</p> : null}
      <div className="flex min-h-7 flex-wrap items-center gap-2">
        {state.problems.length === 0 ? (
          <TotalLine state={state} total={total} asOfMs={shown.asOfMs} still={still} />
        ) : null}
        {newer > 0 ? (
          <Button
            size="small"
            onClick={() => {
              window.scrollTo({ top: 0 });
              state.renew();
              shown.restart();
            }}
          >
            <ArrowUp aria-hidden />
            <span aria-live="polite">{explorerWords.newer(newer, mostNewer)}</span>
          </Button>
        ) : null}
        {state.at === null ? null : (
          <>
            {list.hasPreviousPage ? (
              <Button size="small" onClick={() => list.fetchPreviousPage()}>
                <ArrowUp aria-hidden />
                {explorerWords.loadNewer}
              </Button>
            ) : null}
            <Button size="small" onClick={() => state.goTo(null)}>
              {explorerWords.newest}
            </Button>
          </>
        )}
        <span className="grow" />
        <ListTools state={state} still={still} onStill={setHeld} />
      </div>
      {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
      {state.problems.length > 0 ? (
        <NoJobs why="not-understood" onClear={state.clear} />
      ) : list.data && jobs.length > 0 ? (
        <JobTable
          jobs={jobs.slice(0, mostRows)}
          columns={state.columns}
          place={`${filterKey}${state.at ?? ""}`}
          selected={selected}
          previewed={previewed}
          onToggle={toggle}
          onVisible={setVisibleIds}
          onNearEnd={onNearEnd}
          faded={list.isPlaceholderData}
        />
      ) : list.data ? (
        <NoJobs
          why={list.hasNextPage ? "looked-in-part" : state.text === "" ? "none-yet" : "none-match"}
          onClear={state.clear}
        />
      ) : list.error ? null : (
        <SkeletonRows rows={14} />
      )}
      {list.data && state.problems.length === 0 ? <LookLine state={state} shown={shown} /> : null}
      {chosen.length > 0 ? (
        <SelectionBar
          count={chosen.length}
          total={total !== null && total.count > chosen.length ? totalText : null}
          onAct={(kind) => begin(kind, null)}
          onSelectAllMatching={
            // Without a filter that would be every job there is.
            state.text === "" ? null : () => setBulk({ action: "retry", jobs: { filter: state.filter } })
          }
          onClear={clear}
        />
      ) : null}
      {previewed === null ? null : <JobPreview id={previewed} onClose={() => setPreviewed(null)} />}
      {bulk === null ? null : <StartBulk target={bulk} onClose={() => setBulk(null)} onStarted={clear} />}
      <JobActDialog
        act={act}
        onClose={() => setAct(null)}
        onDone={() => {
          setAct(null);
          clear();
        }}
      />
    </div>
  );
}
