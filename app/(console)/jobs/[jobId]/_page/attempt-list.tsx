"use client";

import Link from "next/link";
import { jobWords } from "#app/words/job-words.ts";
import { ErrorReport } from "#components/domain/error-report.tsx";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { StateGlyph } from "#components/domain/state-glyph.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobState } from "#core/job/job-state.ts";
import type { AttemptDetail, JobPage } from "#server/api/jobs/job-detail.ts";

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

/** Every attempt, newest first, with its error, the rule that told its class, and what was decided and why. */
export function AttemptList({ job }: { job: JobPage }) {
  const newest = [...job.attempts].reverse();
  return (
    <Panel title={jobWords.attempts} note={jobWords.ofMost(job.attempts.length, job.maxAttempts)}>
      {newest.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{jobWords.noAttempts}</p>
      ) : (
        <ol>
          {newest.map((attempt, index) => (
            <AttemptItem key={attempt.number} attempt={attempt} newest={index === 0} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function AttemptItem({ attempt, newest }: { attempt: AttemptDetail; newest: boolean }) {
  const glyph = glyphs[attempt.outcome];
  const { error, failureClass, rule, decision, finishedAtMs } = attempt;
  return (
    <li className="hairline-b flex gap-2 py-2">
      <span className={cn("mt-1", jobStateLook[glyph].text)}>
        <StateGlyph state={glyph} />
      </span>
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{jobWords.attempt(attempt.number, attempt.outcome)}</span>
          {finishedAtMs !== null ? (
            <span className="text-ink-2">{jobWords.after(finishedAtMs - attempt.startedAtMs)}</span>
          ) : null}
          <span className="text-sm text-ink-3">
            <ForeignText text={jobWords.on(attempt.host, attempt.workerId)} />
          </span>
          <RelativeTime atMs={finishedAtMs ?? attempt.startedAtMs} className="ml-auto text-sm text-ink-3" />
        </p>
        {failureClass ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <FailureClassBadge failureClass={failureClass} />
            <span className="text-ink-3">
              {rule ? (
                <>
                  {jobWords.matched} <span className="text-ink-2">{rule.name}</span>
                </>
              ) : (
                jobWords.noRule
              )}
            </span>
            {attempt.origin ? (
              <span className="text-ink-3">
                {jobWords.origin} <span className="text-ink-2">{attempt.origin}</span>
              </span>
            ) : null}
            {attempt.fingerprint ? (
              <Link
                href={`/jobs?failureGroup=${encodeURIComponent(attempt.fingerprint)}`}
                prefetch={false}
                className="text-accent hover:underline"
              >
                {jobWords.group1}
              </Link>
            ) : null}
          </p>
        ) : null}
        {error ? <ErrorReport error={error} openStack={newest} /> : null}
        {decision ? (
          <div className="text-sm">
            <p className="text-ink-2">{jobWords.decision(decision.kind, decision.delayMs)}</p>
            <ul className="text-ink-3">
              {decision.because.map((because) => (
                <li key={because} className="before:mr-1.5 before:content-['·']">
                  <ForeignText text={because} />
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </li>
  );
}
