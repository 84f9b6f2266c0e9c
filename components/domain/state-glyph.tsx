import type { ReactNode } from "react";
import type { JobState } from "#core/job/job-state.ts";

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.5,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const glyphs: Record<JobState, ReactNode> = {
  pending: (
    <g fill="currentColor">
      <circle cx="2" cy="6" r="1.2" />
      <circle cx="6" cy="6" r="1.2" />
      <circle cx="10" cy="6" r="1.2" />
    </g>
  ),
  scheduled: (
    <g {...line}>
      <circle cx="6" cy="6" r="4.75" />
      <path d="M6 3v3h2.5" />
    </g>
  ),
  retryable: (
    <g {...line}>
      <path d="M10.5 6a4.5 4.5 0 1 1-1.4-3.25" />
      <path d="M10.5 1v2.5H8" />
    </g>
  ),
  available: <path {...line} d="M6 1.2 10.8 6 6 10.8 1.2 6Z" />,
  held: (
    <g {...line}>
      <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="1" />
      <path d="M3.75 6h4.5" />
    </g>
  ),
  running: (
    <path
      fill="currentColor"
      d="M2.5 1.2v9.6a.6.6 0 0 0 .9.5l7.6-4.8a.6.6 0 0 0 0-1L3.4.7a.6.6 0 0 0-.9.5Z"
    />
  ),
  completed: <path {...line} strokeWidth={1.8} d="m1.8 6.6 2.8 2.8 5.6-6.6" />,
  cancelled: (
    <g {...line}>
      <circle cx="6" cy="6" r="4.75" />
      <path d="m2.7 9.3 6.6-6.6" />
    </g>
  ),
  dead: <path {...line} strokeWidth={1.8} d="m2 2 8 8m0-8-8 8" />,
};

/** The shape of a state, for the eye that does not tell the colours apart. */
export function StateGlyph({ state }: { state: JobState }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden className="shrink-0">
      {glyphs[state]}
    </svg>
  );
}
