import type { WaitingReasonKind } from "#core/job/waiting-reasons.ts";

const stop = "var(--gate-stop)";
const caution = "var(--gate-caution)";
const colours: Partial<Record<WaitingReasonKind, string>> = {
  "queue-paused": stop,
  "definition-paused": stop,
  "no-worker": stop,
  "breaker-open": stop,
  "cap-reached": caution,
  "rate-limit": caution,
  "concurrency-key": caution,
  "pressure-deferred": caution,
  backoff: "var(--state-retryable)",
  "budget-spent": "var(--state-retryable)",
  "due-later": "var(--state-scheduled)",
};

/** The colour of a reason: what somebody can lift in that of the signal, the others quietly. */
export function reasonColour(kind: WaitingReasonKind): string {
  return colours[kind] ?? "var(--state-available)";
}
