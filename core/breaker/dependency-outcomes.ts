/**
 * What calls of one dependency did, as one report of a process (or the sum of several) says. All but `inFlight` are
 * counted since the report before.
 */
export interface DependencyOutcomes {
  /** When the report was written, ms since 1970. */
  atMs: number;
  /** Answered as wanted, or with an error that is not the dependency's (a bad request, a bug of ours). */
  succeeded: number;
  /** Failed by the dependency's fault: timeout, refused connection, 5xx, overloaded. */
  failed: number;
  /** Answered 429 or 'slow down'. */
  refused: number;
  /** Of the succeeded and failed: those that took longer than the gate's `slowMs`. */
  slow: number;
  /** Calls that passed `slowMs` unanswered; each counts once, and once more when it is answered. */
  overdue: number;
  firstStarts: number;
  retryStarts: number;
  /** Sum over the succeeded and the failed, ms. */
  durationMsSum: number;
  /** Running when the report was written. */
  inFlight: number;
}
