"use client";

import { useState } from "react";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { AttemptItem } from "./attempt-item.tsx";

/** Attempts drawn at first, and with each press of the button. */
const atOnce = 10;
const more = 50;

/** Every attempt, newest first, with its error, the rule that told its class, what was decided and why, and its log. */
export function AttemptList({ job }: { job: JobPage }) {
  const [limit, setLimit] = useState(atOnce);
  const newest = [...job.attempts].reverse();
  const leftOut = job.attemptCount - job.attempts.length;
  return (
    <Panel title={jobWords.attempts} note={jobWords.ofMost(job.attemptCount, job.maxAttempts)}>
      {newest.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{jobWords.noAttempts}</p>
      ) : (
        <ol>
          {newest.slice(0, limit).map((attempt, index) => (
            <AttemptItem key={attempt.number} jobId={job.id} attempt={attempt} newest={index === 0} />
          ))}
        </ol>
      )}
      {newest.length > limit ? (
        <Button size="small" tone="quiet" className="mt-1" onClick={() => setLimit(limit + more)}>
          {jobPageWords.olderAttempts(newest.length - limit)}
        </Button>
      ) : leftOut > 0 ? (
        <p className="pt-1 text-sm text-ink-3">{jobPageWords.attemptsLeftOut(leftOut)}</p>
      ) : null}
    </Panel>
  );
}
