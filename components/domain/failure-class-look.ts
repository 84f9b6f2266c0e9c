import type { FailureClass } from "#core/failure/failure-class.ts";

/** The one categorical set of the failure classes, with what each means in a line. */
export const failureClassLook: Record<FailureClass, { word: string; colour: string; meaning: string }> = {
  transient: {
    word: "transient",
    colour: "var(--fail-transient)",
    meaning: "broke on the way; a retry is likely to succeed",
  },
  timeout: { word: "timeout", colour: "var(--fail-timeout)", meaning: "a timer ran out, ours or theirs" },
  "rate-limited": { word: "rate-limited", colour: "var(--fail-rate-limited)", meaning: "asked to slow down" },
  "dependency-down": {
    word: "dependency-down",
    colour: "var(--fail-dependency-down)",
    meaning: "the service called is refused, unreachable or overloaded",
  },
  "worker-lost": {
    word: "worker-lost",
    colour: "var(--fail-worker-lost)",
    meaning: "the worker vanished while it held the job",
  },
  unknown: { word: "unknown", colour: "var(--fail-unknown)", meaning: "no rule matched" },
  "invalid-input": {
    word: "invalid-input",
    colour: "var(--fail-invalid-input)",
    meaning: "the payload was refused",
  },
  permanent: {
    word: "permanent",
    colour: "var(--fail-permanent)",
    meaning: "cannot succeed until someone acts",
  },
  bug: { word: "bug", colour: "var(--fail-bug)", meaning: "the handler's code is wrong" },
  poison: { word: "poison", colour: "var(--fail-poison)", meaning: "takes its worker down again and again" },
  cancelled: { word: "cancelled", colour: "var(--fail-cancelled)", meaning: "cancelled while it ran" },
};
