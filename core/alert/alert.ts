/** The kinds of alerts, in the order in which they are told. */
export const alertKinds = [
  "lost",
  "stuck",
  "throughput-zero",
  "blocked",
  "starved",
  "overdue",
  "escalated",
  "failure-rise",
  "storage",
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Critical asks for somebody now: it is on every page until it is acknowledged. */
export const alertSeverities = ["warning", "critical"] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

/** What an alert is about; `system` is Signalbox itself. */
export const alertObjectKinds = ["queue", "definition", "dependency", "worker", "group", "system"] as const;
export type AlertObjectKind = (typeof alertObjectKinds)[number];

/** One measured thing. A value whose unit is a kind of object names one, which the console links to. */
export interface AlertEvidence {
  label: string;
  value: number | string;
  unit:
    | "ms"
    | "instant"
    | "count"
    | "share"
    | "bytes"
    | "text"
    | "job"
    | "worker"
    | "queue"
    | "definition"
    | "dependency";
}

/**
 * What limits the damage, done by one press after a confirmation. `label` names the object; the two that act on jobs act
 * on those the alert names.
 */
export type Containment = { label: string } & (
  | { action: "pause-queue"; queue: string }
  | { action: "drain-worker"; workerId: string }
  | { action: "restart-jobs" }
  | { action: "retry-jobs" }
  | { action: "reprioritise"; queue: string; from: string; to: string }
  | { action: "open-breaker"; dependency: string }
);

/** What an alert says: measured, explained, with the way out. */
export interface AlertBody {
  kind: AlertKind;
  severity: AlertSeverity;
  objectKind: AlertObjectKind;
  objectId: string;
  /** Since when it has been so, ms since 1970. */
  sinceMs: number;
  /** The jobs it is about, where it is about jobs: the worst of them, 20 at most. */
  jobIds: string[];
  evidence: AlertEvidence[];
  /** One sentence. */
  cause: string;
  /** What was looked at and is not the cause; sentences. */
  ruledOut: string[];
  /** What to do, the first thing first; sentences. */
  whatToDo: string[];
  containment: Containment | null;
  /** The owner's runbook (http or https), or a page of the product's own: `stalled-tasks#stuck`, `storage#wal`. */
  runbook: string;
}

/**
 * What one look found. `key` is the same from look to look while it is about the same thing; `level` is how far it has
 * come to its bound: from 1 on it is wrong, below 0.5 it is over, in between it stays as it was.
 */
export interface Finding extends AlertBody {
  key: string;
  level: number;
}

/** The page of the product's own runbooks for a kind, unless the owner of a definition has one. */
export function runbookOf(kind: AlertKind, ownersUrl: string | null = null): string {
  return ownersUrl ?? `stalled-tasks#${kind}`;
}
