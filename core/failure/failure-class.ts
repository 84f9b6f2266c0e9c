/** What kind of failure it was; the words of docs/words.md. */
export const failureClasses = [
  "transient",
  "timeout",
  "rate-limited",
  "dependency-down",
  "worker-lost",
  "unknown",
  "invalid-input",
  "permanent",
  "bug",
  "poison",
  "cancelled",
] as const;
export type FailureClass = (typeof failureClasses)[number];

/** Where the cause lies: our surroundings, the payload, a service someone else runs, or our handlers. */
export const failureOrigins = ["environment", "data", "third-party", "code"] as const;
export type FailureOrigin = (typeof failureOrigins)[number];
