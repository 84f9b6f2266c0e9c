"use client";

import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { WaitingReason, WaitingReasonKind } from "#core/job/waiting-reasons.ts";
import { ReasonAction, type ReasonMay } from "./reason-action.tsx";

/** What is over for good at the time it names. The next token may be another's, and a place in line only tells what is likely. */
const ends: readonly WaitingReasonKind[] = ["due-later", "backoff", "budget-spent", "pressure-deferred"];

/** Every unmet condition, the one that decides first, each with what can be done about it. */
export function WaitingPanel({
  reasons,
  may,
  onAct,
}: {
  reasons: readonly WaitingReason[];
  may: ReasonMay;
  onAct: (kind: "retry" | "reprioritise") => void;
}) {
  return (
    <Panel title={jobWords.waitingBecause}>
      <ol>
        {reasons.map((reason) => (
          <li
            key={`${reason.kind} ${reason.ref?.id}`}
            className="hairline-b flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1"
          >
            <span
              aria-hidden
              className={cn("h-4 w-1 rounded-[1px]", reason.binding ? "bg-gate-caution" : "bg-line-strong")}
            />
            <span className={cn("min-w-0 grow basis-60", reason.binding ? "font-medium" : "text-ink-2")}>
              <ForeignText text={reason.text} />
              {reason.binding ? (
                <span className="ml-2 text-sm font-normal text-ink-3">{jobWords.binding}</span>
              ) : null}
            </span>
            {reason.untilMs !== null && ends.includes(reason.kind) ? (
              <span className="text-sm text-ink-3">
                {jobWords.until} <RelativeTime atMs={reason.untilMs} />
              </span>
            ) : null}
            <ReasonAction reason={reason} may={may} onAct={onAct} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
