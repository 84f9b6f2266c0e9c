"use client";

import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import type { AttemptDetail } from "#server/api/jobs/job-detail.ts";

/**
 * What was decided after an attempt and how it was worked out, step by step: the law, what stretched it, what the jitter
 * drew, what the other side asked for.
 */
export function RetryDelay({ decision }: { decision: NonNullable<AttemptDetail["decision"]> }) {
  const { kind, delayMs, because } = decision;
  const isRetry = kind === "retry" && delayMs !== null;
  const grows = because.some((step) => /^law (exponential|linear)/.test(step));
  const capped = because.some((step) => step.includes(", capped at"));
  return (
    <div className="text-sm">
      <p className="text-ink-2">
        {isRetry ? jobPageWords.retryIn(delayMs) : jobWords.decision(kind, delayMs)}
      </p>
      <ol className="flex flex-wrap gap-x-1.5 text-ink-3">
        {because.map((step, at) => (
          <li key={step} className="flex gap-1.5">
            <span aria-hidden>{at === 0 && isRetry ? "=" : "·"}</span>
            <ForeignText text={step} />
          </li>
        ))}
        {isRetry && grows && !capped ? (
          <li className="flex gap-1.5">
            <span aria-hidden>·</span>
            {jobPageWords.notCapped}
          </li>
        ) : null}
      </ol>
    </div>
  );
}
