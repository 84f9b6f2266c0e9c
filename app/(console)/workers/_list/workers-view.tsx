"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { WorkerSummary } from "#server/api/routers/workers.ts";
import { Unread } from "../../_parts/unread.tsx";
import { DemandPanel } from "./demand-panel.tsx";
import { useWorkerFlags } from "./use-worker-flags.ts";
import { WorkerTable } from "./worker-table.tsx";

const refetchMs = 2_000;
const groupings = ["none", "pool", "host"] as const;

/** Who does the work: live workers, and those that ended a moment ago. */
export function WorkersView() {
  const trpc = useTRPC();
  const fleet = useQuery(trpc.workers.list.queryOptions(undefined, { refetchInterval: refetchMs }));
  const [by, setBy] = useQueryState("by", parseAsStringLiteral(groupings).withDefault("none"));
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const workers = fleet.data?.workers ?? [];
  const flags = useWorkerFlags(workers);
  const live = workers.filter((worker) => worker.endedAtMs === null);
  const ended = workers.filter((worker) => worker.endedAtMs !== null);
  const groups =
    by === "none"
      ? [{ title: workerWords.live as string, workers: live }]
      : [...Map.groupBy(live, (worker) => worker[by])]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, group]) => ({ title: workerWords.groupTitle[by](name), workers: group }));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-semibold">{workerWords.title}</h1>
        {live.length > 1 ? (
          <div className="flex items-center gap-2 text-sm text-ink-3">
            {workerWords.group}
            <Segmented
              label={workerWords.group}
              value={by}
              options={groupings.map((value) => ({ value, label: workerWords.groupBy[value] }))}
              onChange={setBy}
            />
          </div>
        ) : null}
      </div>
      {fleet.data ? (
        <>
          {live.length === 0 ? (
            <EmptyState
              title={workerWords.none}
              action={
                <div className="flex flex-wrap gap-2">
                  <CommandLine command="npx signalbox worker ./jobs.ts" />
                  <CommandLine command="npm run demo" />
                </div>
              }
            >
              {workerWords.noneTeach}
            </EmptyState>
          ) : (
            groups.map((group) => (
              <Panel key={group.title} title={group.title} note={summary(group.workers)}>
                <WorkerTable label={group.title} workers={group.workers} flags={flags} />
              </Panel>
            ))
          )}
          <DemandPanel />
          {ended.length > 0 ? (
            <Panel title={workerWords.ended}>
              <WorkerTable label={workerWords.ended} workers={ended} flags={flags} />
            </Panel>
          ) : null}
          {fleet.data.more ? <p className="text-sm text-ink-3">{workerWords.more}</p> : null}
        </>
      ) : (
        <Unread query={fleet} rows={8} />
      )}
    </div>
  );
}

function summary(workers: readonly WorkerSummary[]): string {
  const sum = (of: "running" | "concurrency") => workers.reduce((total, worker) => total + worker[of], 0);
  return workerWords.summary(workers.length, sum("running"), sum("concurrency"));
}
