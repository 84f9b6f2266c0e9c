"use client";

import { useState } from "react";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { type CourseRow, courseRows } from "./course-rows.ts";
import { courseSegments } from "./course-segments.ts";
import { foldIdle, placeOn } from "./fold-idle.ts";

const looks: Record<AttemptOutcome, string> = {
  running: "bg-state-running",
  completed: "bg-state-completed",
  failed: "bg-state-dead",
  "timed-out": "bg-state-dead",
  lost: "bg-state-dead hatch",
  cancelled: "bg-state-cancelled",
  released: "bg-state-available",
  preempted: "bg-state-available",
};
const newest = 12;
/** A label in the middle of what stands beyond this share of the axis would be cut off at its end. */
const edge = 0.93;

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** The course of the job as a waterfall: a line an attempt, thin while it waited and thick while it ran. */
export function JobCourse({ job }: { job: JobPage }) {
  const nowMs = useNowMs();
  const [fold, setFold] = useState(true);
  const [all, setAll] = useState(false);
  const segments = courseSegments(job, Math.max(nowMs, job.createdAtMs));
  const rows = courseRows(segments);
  const shown = all ? rows : rows.slice(-newest);
  const first = shown[0];
  const last = shown[shown.length - 1];
  if (nowMs === 0 || !first || !last) return null;
  const busy = shown.flatMap(({ run }) => (run ? [run] : []));
  const parts = foldIdle(busy, first.fromMs, Math.max(last.toMs, first.fromMs + 1), fold);
  const folds = parts.filter(({ folded }) => folded);
  const canFold = foldIdle(busy, first.fromMs, Math.max(last.toMs, first.fromMs + 1), true).some(
    ({ folded }) => folded,
  );
  return (
    <Panel
      title={jobPageWords.waterfall}
      note={jobPageWords.waterfallNote}
      aside={
        <>
          {rows.length > newest ? (
            <Button size="small" tone="quiet" onClick={() => setAll(!all)}>
              {all ? jobPageWords.newestAttempts : jobPageWords.allAttempts(rows.length)}
            </Button>
          ) : null}
          {canFold ? (
            <Button size="small" tone="quiet" aria-pressed={!fold} onClick={() => setFold(!fold)}>
              {fold ? jobPageWords.unfold : jobPageWords.fold}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="relative max-h-90 overflow-y-auto pt-2">
        <ol className="relative">
          {shown.map((row) => (
            <Row key={row.key} row={row} place={(atMs) => placeOn(parts, atMs)} />
          ))}
        </ol>
        <div aria-hidden className="relative ml-9 h-5">
          {folds.map((part) => {
            const middle = (placeOn(parts, part.fromMs) + placeOn(parts, part.toMs)) / 2;
            return (
              <span
                key={part.fromMs}
                title={jobPageWords.folded(part.toMs - part.fromMs)}
                className={cn(
                  "absolute top-0 font-mono text-sm whitespace-nowrap text-ink-3",
                  middle > edge ? "right-0" : "-translate-x-1/2",
                )}
                style={middle > edge ? undefined : { left: percent(middle) }}
              >
                {"//"}
                <span className="max-sm:hidden"> {formatDuration(part.toMs - part.fromMs)}</span>
              </span>
            );
          })}
        </div>
      </div>
    </Panel>
  );
}

function Row({ row, place }: { row: CourseRow; place: (atMs: number) => number }) {
  const told = tell(row);
  const bar = (fromMs: number, toMs: number) => ({
    left: percent(place(fromMs)),
    width: percent(Math.max(0, place(toMs) - place(fromMs))),
  });
  return (
    <li title={told} className="flex h-5 items-center gap-2 hover:bg-hover">
      <span aria-hidden className="w-7 shrink-0 text-right font-mono text-sm text-ink-3">
        {row.run ? jobPageWords.row(row.run.attempt) : jobPageWords.notStarted}
      </span>
      <span className="sr-only">{told}</span>
      <span aria-hidden className="relative h-full grow">
        {row.wait ? (
          <span
            className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-line-strong"
            style={bar(row.wait.fromMs, row.wait.toMs)}
          />
        ) : null}
        {row.run ? (
          <span
            className={cn("absolute top-1 h-3 min-w-1 rounded-[2px]", looks[row.run.outcome])}
            style={bar(row.run.fromMs, row.run.toMs)}
          />
        ) : null}
      </span>
    </li>
  );
}

function tell({ wait, run }: CourseRow): string {
  const waited = wait ? jobWords.courseWait(wait.toMs - wait.fromMs) : null;
  const ran = run
    ? `${jobWords.courseRun(run.attempt, run.toMs - run.fromMs, run.outcome)} (${formatExactInstant(run.fromMs)})`
    : null;
  return [waited, ran].filter(Boolean).join(", ");
}
