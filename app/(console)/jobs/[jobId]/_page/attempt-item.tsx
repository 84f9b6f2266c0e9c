"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ErrorReport } from "#components/domain/error-report.tsx";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { StateGlyph } from "#components/domain/state-glyph.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { AttemptDetail } from "#server/api/jobs/job-detail.ts";
import { AttemptLog } from "./attempt-log.tsx";
import { RetryDelay } from "./retry-delay.tsx";

const glyphs: Record<AttemptOutcome, JobState> = {
  running: "running",
  completed: "completed",
  failed: "dead",
  "timed-out": "dead",
  lost: "dead",
  cancelled: "cancelled",
  released: "available",
  preempted: "available",
};

interface AttemptProps {
  jobId: string;
  attempt: AttemptDetail;
  newest: boolean;
}

/** An attempt: how it ended and where, its error and class, the decision after it, and its log on demand. */
export function AttemptItem({ jobId, attempt, newest }: AttemptProps) {
  const glyph = glyphs[attempt.outcome];
  const { number, decision, finishedAtMs } = attempt;
  const [open, setOpen] = useState<boolean | null>(null);
  // The log of what runs now is what one came for.
  const showsLog = open ?? attempt.outcome === "running";
  return (
    <li className="hairline-b flex gap-2 py-2">
      <span className={cn("mt-1", jobStateLook[glyph].text)}>
        <StateGlyph state={glyph} />
      </span>
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{jobWords.attempt(number, attempt.outcome)}</span>
          {finishedAtMs !== null ? (
            <span className="text-ink-2">{jobWords.after(finishedAtMs - attempt.startedAtMs)}</span>
          ) : null}
          <span className="text-sm text-ink-3">
            <ForeignText text={jobWords.on(attempt.host, attempt.workerId)} />
          </span>
          <RelativeTime atMs={finishedAtMs ?? attempt.startedAtMs} className="ml-auto text-sm text-ink-3" />
          <Button
            size="small"
            tone="quiet"
            aria-expanded={showsLog}
            aria-label={jobPageWords.logOf(number)}
            onClick={() => setOpen(!showsLog)}
          >
            {jobPageWords.showLog}
          </Button>
        </p>
        <Verdict attempt={attempt} />
        <AttemptError jobId={jobId} attempt={attempt} newest={newest} />
        {decision ? <RetryDelay decision={decision} /> : null}
        {showsLog ? <AttemptLog jobId={jobId} attempt={number} endedAtMs={finishedAtMs} /> : null}
      </div>
    </li>
  );
}

function Verdict({ attempt }: { attempt: AttemptDetail }) {
  const { failureClass, rule, origin, fingerprint } = attempt;
  if (!failureClass) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <FailureClassBadge failureClass={failureClass} />
      <span className="text-ink-3">
        {rule ? (
          <>
            {jobWords.matched}{" "}
            <Link
              href={`/rules?rule=${encodeURIComponent(rule.id)}`}
              prefetch={false}
              className="text-accent hover:underline"
            >
              <ForeignText text={rule.name} />
            </Link>
          </>
        ) : (
          jobWords.noRule
        )}
      </span>
      {origin ? (
        <span className="text-ink-3">
          {jobWords.origin} <span className="text-ink-2">{origin}</span>
        </span>
      ) : null}
      {fingerprint ? (
        <Link
          href={`/failures/${encodeURIComponent(fingerprint)}`}
          prefetch={false}
          className="text-accent hover:underline"
        >
          {jobPageWords.groupLink}
        </Link>
      ) : null}
    </p>
  );
}

/** The error, asked for by itself when the attempt is too old to have come with it. */
function AttemptError({ jobId, attempt, newest }: AttemptProps) {
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const { data } = useQuery(
    trpc.jobs.attempt.queryOptions({ id: jobId, number: attempt.number }, { enabled: asked }),
  );
  const error = attempt.error ?? data?.error ?? null;
  if (error) return <ErrorReport error={error} openStack={newest} />;
  if (attempt.whole || !attempt.failureClass) return null;
  return (
    <Button size="small" tone="quiet" className="w-fit" disabled={asked} onClick={() => setAsked(true)}>
      {jobPageWords.showError}
    </Button>
  );
}
