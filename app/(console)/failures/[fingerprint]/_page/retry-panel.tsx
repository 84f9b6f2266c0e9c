"use client";

import { CircleAlert, CircleCheck, OctagonX } from "lucide-react";
import Link from "next/link";
import { failureWords } from "#app/words/failure-words.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { GroupBulk } from "../../_parts/group-bulk.tsx";

const looks = {
  safe: { Icon: CircleCheck, tone: "text-gate-open" },
  wait: { Icon: CircleAlert, tone: "text-gate-caution" },
  no: { Icon: OctagonX, tone: "text-gate-stop" },
} as const;

/** Whether all jobs of the group may be retried now, with the figures it rests on, and the acts beside it. */
export function RetryPanel({ detail }: { detail: GroupDetail }) {
  const { advice, group } = detail;
  const { Icon, tone } = looks[advice.verdict];
  const { dead, deadAtLeast, retrying, retryingAtLeast } = group.jobs;
  return (
    <Panel title={failureWords.advice} note={failureWords.adviceAsOf}>
      <div className="flex flex-col gap-3 py-2">
        <p className="flex items-start gap-2">
          <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
          <span>
            <span className="font-semibold">{failureWords.verdicts[advice.verdict]}.</span> {advice.because}
          </span>
        </p>
        {dead === 0 && retrying === 0 ? (
          <p className="text-sm text-ink-3">{failureWords.noJobs}</p>
        ) : (
          <p className="flex flex-wrap gap-x-4 text-sm">
            {dead > 0 ? (
              <Link
                href={`/dead-letter?group=${group.fingerprint}`}
                prefetch={false}
                className="text-accent hover:underline"
              >
                {failureWords.deadJobs(dead, deadAtLeast)}
              </Link>
            ) : null}
            {retrying > 0 ? (
              <Link
                href={`/jobs?failureGroup=${group.fingerprint}&state=retryable`}
                prefetch={false}
                className="text-accent hover:underline"
              >
                {failureWords.retryingJobs(retrying, retryingAtLeast)}
              </Link>
            ) : null}
            <Link
              href={`/jobs?failureGroup=${group.fingerprint}`}
              prefetch={false}
              className="text-accent hover:underline"
            >
              {failureWords.openJobs}
            </Link>
          </p>
        )}
        <GroupBulk
          fingerprint={group.fingerprint}
          dead={dead}
          retrying={retrying}
          safe={advice.verdict === "safe"}
        />
      </div>
    </Panel>
  );
}
