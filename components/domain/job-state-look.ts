import type { JobState } from "#core/job/job-state.ts";

/** How each state of a job is told: word, glyph, colour and meaning; the same everywhere. */
export const jobStateLook = {
  pending: {
    word: "pending",
    text: "text-state-pending",
    meaning: "waits for other jobs",
  },
  scheduled: {
    word: "scheduled",
    text: "text-state-scheduled",
    meaning: "due later",
  },
  retryable: {
    word: "retryable",
    text: "text-state-retryable",
    meaning: "failed, and waits for its next attempt",
  },
  available: {
    word: "available",
    text: "text-state-available",
    meaning: "may start as soon as a slot is free",
  },
  held: {
    word: "held",
    text: "text-state-held",
    meaning: "kept back by something one can change",
  },
  running: {
    word: "running",
    text: "text-state-running",
    meaning: "a worker holds it",
  },
  completed: { word: "completed", text: "text-state-completed", meaning: "done" },
  cancelled: {
    word: "cancelled",
    text: "text-state-cancelled",
    meaning: "stopped by a person or a program",
  },
  dead: {
    word: "dead",
    text: "text-state-dead",
    meaning: "failed for good; nothing more is tried",
  },
} as const satisfies Record<JobState, { word: string; text: string; meaning: string }>;
