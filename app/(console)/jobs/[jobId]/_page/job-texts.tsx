"use client";

import { jobWords } from "#app/words/job-words.ts";
import { Panel } from "#components/ui/panel.tsx";
import { isTerminal } from "#core/job/job-state.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { JobJson } from "./job-json.tsx";
import { PayloadHistory } from "./payload-history.tsx";

/** What went into the job and what came out of it. */
export function JobTexts({ job }: { job: JobPage }) {
  const { id, payload, output, state } = job;
  const replaced = job.events.some(({ kind }) => kind === "payload-replaced");
  return (
    <>
      <Panel title={jobWords.payload}>
        {payload ? <JobJson jobId={id} which="payload" json={payload} label={jobWords.payload} /> : null}
        {replaced ? <PayloadHistory jobId={id} /> : null}
      </Panel>
      {state === "completed" || !isTerminal(state) ? (
        <Panel title={jobWords.output}>
          {output ? (
            <JobJson jobId={id} which="output" json={output} label={jobWords.output} />
          ) : (
            <p className="pt-2 text-sm text-ink-3">
              {state === "completed" ? jobWords.noOutput : jobWords.noOutputYet}
            </p>
          )}
        </Panel>
      ) : null}
    </>
  );
}
