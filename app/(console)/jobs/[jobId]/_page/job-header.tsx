"use client";

import { jobWords } from "#app/words/job-words.ts";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import type { JobAct } from "../../_act/job-act-dialog.tsx";

/** What the job is, how it stands, and what can be done. */
export function JobHeader({ job, onAct }: { job: JobPage; onAct: (kind: JobAct["kind"]) => void }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-title font-semibold break-words">
          {job.definition} <span className="font-normal text-ink-3">{jobWords.version(job.version)}</span>
        </h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <JobStateBadge state={job.state} className="font-medium" />
          {job.cancelRequestedAtMs !== null && job.state === "running" ? (
            <span className="text-ink-2">{jobWords.cancelAsked}</span>
          ) : null}
          <span className="flex items-center gap-1 font-mono text-sm text-ink-2">
            {job.id}
            <CopyButton text={job.id} label={jobWords.copyId} />
          </span>
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          disabled={!job.can.retry}
          focusableWhenDisabled
          title={job.can.retry ? undefined : jobWords.cannotRetry}
          tone={job.state === "dead" ? "primary" : "plain"}
          onClick={() => onAct("retry")}
        >
          {jobWords.retry}
          <KeyHintOnDesk keys="r" />
        </Button>
        <Button
          disabled={!job.can.cancel}
          focusableWhenDisabled
          title={job.can.cancel ? undefined : jobWords.cannotCancel}
          onClick={() => onAct("cancel")}
        >
          {jobWords.cancel}
          <KeyHintOnDesk keys="c" />
        </Button>
      </div>
    </header>
  );
}

function KeyHintOnDesk({ keys }: { keys: string }) {
  return (
    <span aria-hidden className="opacity-80 pointer-coarse:hidden [&_kbd]:text-current">
      <KeyHint keys={keys} />
    </span>
  );
}
