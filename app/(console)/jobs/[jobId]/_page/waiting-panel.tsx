"use client";

import Link from "next/link";
import { jobWords } from "#app/words/job-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { WaitingReason } from "#core/job/waiting-reasons.ts";

/** Every unmet condition, the one that decides first, each with the way to what would change it. */
export function WaitingPanel({
  reasons,
  canRetry,
  onRunNow,
}: {
  reasons: readonly WaitingReason[];
  canRetry: boolean;
  onRunNow: () => void;
}) {
  return (
    <Panel title={jobWords.waitingBecause}>
      <ol>
        {reasons.map((reason) => (
          <li
            key={reason.kind}
            className="hairline-b flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1"
          >
            <span
              aria-hidden
              className={cn("h-4 w-1 rounded-[1px]", reason.binding ? "bg-gate-caution" : "bg-line-strong")}
            />
            <span className={cn("grow", reason.binding ? "font-medium" : "text-ink-2")}>
              {reason.text}
              {reason.binding ? (
                <span className="ml-2 text-sm font-normal text-ink-3">{jobWords.binding}</span>
              ) : null}
            </span>
            {reason.untilMs !== null ? (
              <span className="text-sm text-ink-3">
                {jobWords.until} <RelativeTime atMs={reason.untilMs} />
              </span>
            ) : null}
            <ReasonAction reason={reason} canRetry={canRetry} onRunNow={onRunNow} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function ReasonAction({
  reason,
  canRetry,
  onRunNow,
}: {
  reason: WaitingReason;
  canRetry: boolean;
  onRunNow: () => void;
}) {
  const look = buttonLook({ size: "small" });
  if (reason.action === "run-now" && canRetry) {
    return (
      <Button size="small" onClick={onRunNow}>
        {jobWords.runNow}
      </Button>
    );
  }
  if (reason.ref?.kind === "queue") {
    return (
      <Link href={`/queues/${encodeURIComponent(reason.ref.id)}`} className={look}>
        {jobWords.goQueue}
      </Link>
    );
  }
  if (reason.action === "start-worker") {
    return (
      <Link href="/workers" className={look}>
        {jobWords.goWorkers}
      </Link>
    );
  }
  return null;
}
