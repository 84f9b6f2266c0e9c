"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { JobJson } from "./job-json.tsx";

/** How often a running job's checkpoint is looked at, ms. */
const watchMs = 3_000;

/** What the next attempt would start from; nothing is shown of a job that never saved any. */
export function CheckpointPanel({ jobId, running }: { jobId: string; running: boolean }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.jobs.checkpoint.queryOptions({ id: jobId }, { refetchInterval: running ? watchMs : false }),
  );
  if (!data) return null;
  return (
    <Panel
      title={jobPageWords.checkpoint}
      note={
        <>
          {jobPageWords.checkpointOf(data.attempt)} <RelativeTime atMs={data.savedAtMs} />
        </>
      }
    >
      <JobJson jobId={jobId} which="checkpoint" json={data.data} label={jobPageWords.checkpoint} />
      {data.artifacts ? (
        <JobJson jobId={jobId} which="artifacts" json={data.artifacts} label={jobPageWords.artifacts} />
      ) : null}
    </Panel>
  );
}
