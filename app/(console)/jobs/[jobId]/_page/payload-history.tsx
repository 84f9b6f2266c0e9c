"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Unread } from "../../../_parts/unread.tsx";

/** The payloads that the job had before this one, each with what the next one changed. */
export function PayloadHistory({ jobId }: { jobId: string }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const revisions = useQuery(trpc.jobs.payloads.queryOptions({ id: jobId }, { enabled: open }));
  return (
    <details className="pt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-ink-3 hover:text-ink">{jobPageWords.history}</summary>
      {revisions.data ? (
        <ol className="flex flex-col gap-3 pt-2">
          {revisions.data.map((revision, at, all) => {
            const before = all[at - 1];
            return (
              <li key={revision.revision}>
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">
                    {before ? jobPageWords.revision(at + 1) : jobPageWords.first}
                  </span>
                  <span className="text-ink-3">
                    <ForeignText text={jobPageWords.by(revision.actor)} />{" "}
                    <RelativeTime atMs={revision.atMs} />
                  </span>
                  {revision.reason ? <ForeignText text={revision.reason} className="text-ink-2" /> : null}
                </p>
                {before ? (
                  <DiffView before={JSON.parse(before.payload)} after={JSON.parse(revision.payload)} />
                ) : null}
              </li>
            );
          })}
        </ol>
      ) : (
        <Unread query={revisions} rows={2} />
      )}
    </details>
  );
}
