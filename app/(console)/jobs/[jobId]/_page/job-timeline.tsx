"use client";

import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock, formatExactInstant } from "#components/domain/format-instant.ts";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { StateGlyph } from "#components/domain/state-glyph.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { JobEvent } from "#core/job/job-event.ts";

/** What happened to the job, oldest first, with who did it and why. */
export function JobTimeline({ events }: { events: readonly JobEvent[] }) {
  return (
    <Panel title={jobWords.timeline}>
      <ol className="pt-1">
        {keyed(events).map(({ key, event }) => (
          <li key={key} className="group relative flex gap-2.5 pb-2 text-sm">
            <span aria-hidden className="absolute top-4 bottom-0 left-1.5 w-px bg-line group-last:hidden" />
            <span className={`mt-0.75 ${jobStateLook[event.to].text}`}>
              <StateGlyph state={event.to} />
            </span>
            <div className="min-w-0 grow">
              <p className="flex items-baseline justify-between gap-2">
                <span>{event.kind}</span>
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
                <p key={because} className="text-ink-2">
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

/** Events in one millisecond of one kind are told apart by their place among each other. */
function keyed(events: readonly JobEvent[]): { key: string; event: JobEvent }[] {
  return events.map((event, place) => ({ key: `${event.atMs} ${event.kind} ${place}`, event }));
}
