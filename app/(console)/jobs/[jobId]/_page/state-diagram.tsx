"use client";

import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { JobState } from "#core/job/job-state.ts";
import type { JobPage, Pass } from "#server/api/jobs/job-detail.ts";

const box = { width: 92, height: 26 } as const;

/** The centre of each state on the board: waiting on the left, the ends on the right. */
const places: Record<JobState, readonly [x: number, y: number]> = {
  pending: [50, 20],
  scheduled: [50, 64],
  retryable: [50, 108],
  held: [190, 108],
  available: [190, 64],
  running: [330, 64],
  completed: [490, 20],
  cancelled: [490, 64],
  dead: [490, 108],
};

/** What is drawn faintly when a job has not gone there. */
const usual: readonly (readonly [JobState, JobState])[] = [
  ["scheduled", "available"],
  ["retryable", "available"],
  ["available", "running"],
  ["running", "completed"],
  ["running", "cancelled"],
  ["running", "dead"],
];
const optional: readonly JobState[] = ["pending", "held"];

/** The states with the ways this job took among them, each with how often; the state it is in stands out. */
export function StateDiagram({ job }: { job: JobPage }) {
  const moves = job.passes.filter((pass): pass is Pass & { from: JobState } => pass.from !== null);
  const visited = new Set<JobState>([job.state, ...job.passes.map(({ to }) => to)]);
  const shown = (Object.keys(places) as JobState[]).filter(
    (state) => !optional.includes(state) || visited.has(state),
  );
  const taken = new Set(moves.map(({ from, to }) => `${from} ${to}`));
  const path = job.passes.map(({ from, to, count }) => jobPageWords.pass(from, to, count)).join(", ");
  return (
    <Panel title={jobPageWords.diagram}>
      <ScrollBox label={jobPageWords.diagram} className="pt-2">
        <svg
          viewBox="0 0 540 128"
          role="img"
          aria-label={jobPageWords.diagramOf(path)}
          className="h-auto w-full max-w-160 text-sm max-sm:[&_text]:text-[16px]"
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 6 6"
              refX="5"
              refY="3"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
            >
              <path d="M0 0 6 3 0 6Z" className="fill-ink-3" />
            </marker>
          </defs>
          {usual
            .filter(([from, to]) => !taken.has(`${from} ${to}`))
            .map(([from, to]) => (
              <path key={`${from} ${to}`} d={curve(from, to)} className="fill-none stroke-line" />
            ))}
          {moves.map(({ from, to, count }) => (
            <g key={`${from} ${to}`}>
              <path
                d={curve(from, to)}
                className="fill-none stroke-ink-3"
                strokeWidth={1.5}
                markerEnd="url(#arrow)"
              >
                <title>{jobPageWords.pass(from, to, count)}</title>
              </path>
              {count > 1 ? <Count from={from} to={to} count={count} /> : null}
            </g>
          ))}
          {shown.map((state) => (
            <Station key={state} state={state} visited={visited.has(state)} here={state === job.state} />
          ))}
        </svg>
      </ScrollBox>
    </Panel>
  );
}

function Station({ state, visited, here }: { state: JobState; visited: boolean; here: boolean }) {
  const [x, y] = places[state];
  return (
    <g className={visited ? jobStateLook[state].text : "text-ink-3"}>
      <rect
        x={x - box.width / 2}
        y={y - box.height / 2}
        width={box.width}
        height={box.height}
        rx={6}
        strokeWidth={here ? 2 : 1}
        strokeDasharray={visited ? undefined : "3 3"}
        className={cn("stroke-current", here ? "fill-selected" : "fill-bg")}
      />
      <text
        x={x}
        y={y + 4}
        textAnchor="middle"
        fontSize={12}
        fontWeight={here ? 600 : 400}
        className={visited ? "fill-ink" : "fill-ink-3"}
      >
        {jobStateLook[state].word}
      </text>
    </g>
  );
}

function Count({ from, to, count }: { from: JobState; to: JobState; count: number }) {
  const [x1, y1] = places[from];
  const [x2, y2] = places[to];
  const back = x2 < x1;
  return (
    <text
      x={(x1 + x2) / 2}
      y={(y1 + y2) / 2 + (back ? 22 : -5)}
      textAnchor="middle"
      fontSize={11}
      className="fill-ink-2 stroke-bg font-mono"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {jobPageWords.passes(count)}
    </text>
  );
}

/** A way from box to box: forward from side to side, backward bending below so that both can be told apart. */
function curve(from: JobState, to: JobState): string {
  const [x1, y1] = places[from];
  const [x2, y2] = places[to];
  const half = box.width / 2;
  if (Math.abs(x2 - x1) < box.width) {
    const down = y2 > y1 ? 1 : -1;
    return `M${x1} ${y1 + down * (box.height / 2)}L${x2} ${y2 - down * (box.height / 2 + 2)}`;
  }
  const forward = x2 > x1;
  const start = forward ? x1 + half : x1 - half;
  const end = forward ? x2 - half - 3 : x2 + half + 3;
  const middle = (start + end) / 2;
  const dip = forward ? 0 : 9;
  return `M${start} ${y1 + dip}C${middle} ${y1 + dip} ${middle} ${y2 + dip} ${end} ${y2 + dip}`;
}
