/** Every state a job can be in; waiting ones first, then running, then the three ends. */
export const jobStates = [
  "pending",
  "scheduled",
  "retryable",
  "available",
  "held",
  "running",
  "completed",
  "cancelled",
  "dead",
] as const;
export type JobState = (typeof jobStates)[number];

/** What moves a job from one state to another, spelled as the event it leaves behind. */
export const transitionKinds = [
  "submitted",
  "promoted",
  "claimed",
  "completed",
  "failed",
  "timed-out",
  "lost",
  "released",
  "preempted",
  "retried",
  "held",
  "released-from-hold",
  "cancelled",
  "dead",
  "restored",
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

export interface Transition {
  /** null: the job did not exist before. */
  from: JobState | null;
  to: JobState;
  by: readonly TransitionKind[];
}

/**
 * Every legal change of state, and what may make it; a pair that is not here never happens.
 * `completed` has no way out. `dead` as a cause is the end of the whole-job limit (`totalMs`) or of a job
 * that another's death takes along; an attempt that ends its job dead is `failed`, `timed-out` or `lost`.
 */
export const legalTransitions: readonly Transition[] = [
  { from: null, to: "pending", by: ["submitted"] },
  { from: null, to: "scheduled", by: ["submitted"] },
  { from: null, to: "available", by: ["submitted"] },
  { from: null, to: "held", by: ["submitted"] },

  { from: "pending", to: "scheduled", by: ["promoted"] },
  { from: "pending", to: "available", by: ["promoted"] },
  { from: "pending", to: "held", by: ["held"] },
  { from: "pending", to: "cancelled", by: ["cancelled"] },
  { from: "pending", to: "dead", by: ["dead"] },

  { from: "scheduled", to: "available", by: ["promoted", "retried"] },
  { from: "scheduled", to: "held", by: ["held", "retried"] },
  { from: "scheduled", to: "cancelled", by: ["cancelled"] },
  { from: "scheduled", to: "dead", by: ["dead"] },

  { from: "retryable", to: "available", by: ["promoted", "retried"] },
  { from: "retryable", to: "held", by: ["held", "retried"] },
  { from: "retryable", to: "cancelled", by: ["cancelled"] },
  { from: "retryable", to: "dead", by: ["dead"] },

  { from: "available", to: "running", by: ["claimed"] },
  { from: "available", to: "held", by: ["held"] },
  { from: "available", to: "cancelled", by: ["cancelled"] },
  { from: "available", to: "dead", by: ["dead"] },
  // Answered from the cache while a breaker held it: it never ran.
  { from: "available", to: "completed", by: ["completed"] },

  // The reason changes, the state does not: the queue was paused, now the breaker is open.
  { from: "held", to: "held", by: ["held"] },
  { from: "held", to: "pending", by: ["released-from-hold"] },
  { from: "held", to: "scheduled", by: ["released-from-hold"] },
  { from: "held", to: "retryable", by: ["released-from-hold"] },
  { from: "held", to: "available", by: ["released-from-hold"] },
  { from: "held", to: "cancelled", by: ["cancelled"] },
  { from: "held", to: "dead", by: ["dead"] },

  { from: "running", to: "completed", by: ["completed"] },
  { from: "running", to: "retryable", by: ["failed", "timed-out", "lost"] },
  { from: "running", to: "available", by: ["failed", "timed-out", "lost", "released", "preempted"] },
  { from: "running", to: "held", by: ["failed", "timed-out", "lost", "released", "preempted"] },
  { from: "running", to: "cancelled", by: ["cancelled", "failed", "timed-out", "lost", "released"] },
  { from: "running", to: "dead", by: ["failed", "timed-out", "lost", "dead"] },

  { from: "dead", to: "available", by: ["retried"] },
  { from: "dead", to: "held", by: ["retried"] },
  // A discard is taken back: the job stands in the dead letter again.
  { from: "dead", to: "dead", by: ["restored"] },
  // A cancel is taken back within the recall window: the job returns to the place it had.
  { from: "cancelled", to: "pending", by: ["restored"] },
  { from: "cancelled", to: "scheduled", by: ["restored"] },
  { from: "cancelled", to: "retryable", by: ["restored"] },
  { from: "cancelled", to: "available", by: ["retried", "restored"] },
  { from: "cancelled", to: "held", by: ["retried", "restored"] },
];

const byPair = new Map(legalTransitions.map(({ from, to, by }) => [`${from} ${to}`, by]));

/** Whether a job may go from one state to the other, by the cause when one is given. `from` null: a new job. */
export function canTransition(from: JobState | null, to: JobState, by?: TransitionKind): boolean {
  const causes = byPair.get(`${from} ${to}`);
  return causes !== undefined && (by === undefined || causes.includes(by));
}

/** completed, cancelled and dead: nothing happens any more unless an operator retries, or takes a cancel back. */
export function isTerminal(state: JobState): boolean {
  return state === "completed" || state === "cancelled" || state === "dead";
}

/** pending, scheduled, retryable, available and held: the job waits for something, and can say for what. */
export function isWaiting(state: JobState): boolean {
  return !isTerminal(state) && state !== "running";
}

/** The states from which an operator may retry: dead, cancelled, retryable and scheduled. */
export const retryableByOperator: readonly JobState[] = jobStates.filter((state) =>
  canTransition(state, "available", "retried"),
);
