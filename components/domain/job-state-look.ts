/** How each state of a job is told: word, glyph, colour and meaning; the same everywhere. */
export const jobStateLook = {
  pending: {
    word: "pending",
    text: "text-state-pending",
    fill: "bg-state-pending",
    meaning: "waits for other jobs",
  },
  scheduled: {
    word: "scheduled",
    text: "text-state-scheduled",
    fill: "bg-state-scheduled",
    meaning: "due later",
  },
  retryable: {
    word: "retryable",
    text: "text-state-retryable",
    fill: "bg-state-retryable",
    meaning: "failed, and waits for its next attempt",
  },
  available: {
    word: "available",
    text: "text-state-available",
    fill: "bg-state-available",
    meaning: "may start as soon as a slot is free",
  },
  held: {
    word: "held",
    text: "text-state-held",
    fill: "bg-state-held",
    meaning: "kept back by something one can change",
  },
  running: {
    word: "running",
    text: "text-state-running",
    fill: "bg-state-running",
    meaning: "a worker holds it",
  },
  completed: { word: "completed", text: "text-state-completed", fill: "bg-state-completed", meaning: "done" },
  cancelled: {
    word: "cancelled",
    text: "text-state-cancelled",
    fill: "bg-state-cancelled",
    meaning: "stopped by a person or a program",
  },
  dead: {
    word: "dead",
    text: "text-state-dead",
    fill: "bg-state-dead",
    meaning: "failed for good; nothing more is tried",
  },
} as const;

export type LookedState = keyof typeof jobStateLook;

/** The states in the order of a job's life, for menus and legends. */
export const stateOrder = Object.keys(jobStateLook) as LookedState[];
