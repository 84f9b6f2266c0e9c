"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock, formatExactInstant } from "#components/domain/format-instant.ts";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { StateGlyph } from "#components/domain/state-glyph.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { JobEvent } from "#core/job/job-event.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";

/** Events drawn at first. */
const atOnce = 30;

/** What happened to the job, oldest first, with who did it and why; the newest part of a long story. */
export function JobTimeline({ job }: { job: JobPage }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [earlier, setEarlier] = useState<{ events: JobEvent[]; from: number } | null>(null);
  const [shown, setShown] = useState(atOnce);
  const firstOfPage = job.eventCount - job.events.length;
  // What was loaded stays; the newest part grows under it.
  const events = [
    ...(earlier?.events ?? []),
    ...job.events.slice(earlier ? earlierEnd(earlier) - firstOfPage : 0),
  ];
  const start = Math.max(0, events.length - shown);
  const before = (earlier?.from ?? firstOfPage) + start;
  const loadMore = async () => {
    setShown(shown + 200);
    if (start > 200 || (earlier?.from ?? firstOfPage) === 0) return;
    const from = earlier?.from ?? firstOfPage;
    const options = trpc.jobs.events.queryOptions({ id: job.id, before: from });
    const page = await queryClient.fetchQuery(options).catch(() => null);
    if (!page) notify({ tone: "warning", text: jobPageWords.theseMissed });
    else setEarlier({ events: [...page.events, ...(earlier?.events ?? [])], from: page.from });
  };
  return (
    <Panel title={jobWords.timeline}>
      {before > 0 ? (
        <Button size="small" tone="quiet" className="mt-1" onClick={loadMore}>
          {jobPageWords.earlier(before)}
        </Button>
      ) : null}
      <ol className="pt-1">
        {keyed(events.slice(start), before).map(({ key, event }) => (
          <li key={key} className="group relative flex gap-2.5 pb-2 text-sm">
            <span aria-hidden className="absolute top-4 bottom-0 left-1.5 w-px bg-line group-last:hidden" />
            <span className={`mt-0.75 ${jobStateLook[event.to].text}`}>
              <StateGlyph state={event.to} />
            </span>
            <div className="min-w-0 grow">
              <p className="flex items-baseline justify-between gap-2">
                <span className={event.kind === "noted" ? "font-medium" : undefined}>
                  {jobPageWords.event(event.kind)}
                </span>
                <time
                  dateTime={new Date(event.atMs).toISOString()}
                  title={formatExactInstant(event.atMs)}
                  className="font-mono text-ink-3"
                >
                  {formatClock(event.atMs)}
                </time>
              </p>
              <p className="text-ink-3">
                <ForeignText text={jobWords.by(event.actor)} />
              </p>
              {event.because.map((because) => (
                <p key={because} className="whitespace-pre-wrap text-ink-2">
                  <ForeignText text={because} />
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const earlierEnd = ({ events, from }: { events: JobEvent[]; from: number }) => from + events.length;

/** The place in the whole story tells events apart that happened in one millisecond. */
function keyed(events: readonly JobEvent[], first: number): { key: number; event: JobEvent }[] {
  return events.map((event, place) => ({ key: first + place, event }));
}
