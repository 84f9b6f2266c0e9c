import { failureClasses } from "../failure/failure-class.ts";
import { jobStates } from "../job/job-state.ts";
import { priorityClasses } from "../priority/priority-class.ts";

/** How the values of a field are written. */
export type QueryFieldKind = "words" | "name" | "text" | "number" | "attempt" | "time" | "payload";

export interface QueryField {
  kind: QueryFieldKind;
  /** What it narrows by, for the completion. */
  meaning: string;
  example: string;
  /** Every value there is, where they are a closed set. */
  values?: readonly string[];
  /** Whether `-` before it means that none of the values may hold. */
  negatable: boolean;
}

/** The fields of the qualifier bar, in the order in which they are offered. */
export const queryFields = {
  state: {
    kind: "words",
    meaning: "where the job stands now",
    example: "state:dead,retryable",
    values: jobStates,
    negatable: true,
  },
  queue: { kind: "name", meaning: "its queue", example: "queue:billing", negatable: true },
  definition: { kind: "name", meaning: "its definition", example: "definition:send-*", negatable: true },
  error: {
    kind: "text",
    meaning: "name, code or message of the latest failure",
    example: "error:ECONNRESET",
    negatable: true,
  },
  payload: {
    kind: "payload",
    meaning: "a value in the payload",
    example: "payload.user.plan:pro",
    negatable: true,
  },
  since: { kind: "time", meaning: "submitted at or after", example: "since:2h", negatable: false },
  until: {
    kind: "time",
    meaning: "submitted at or before",
    example: "until:2026-11-20T10:00",
    negatable: false,
  },
  class: {
    kind: "words",
    meaning: "class of the latest failure",
    example: "class:rate-limited",
    values: failureClasses,
    negatable: true,
  },
  tag: { kind: "text", meaning: "its tags", example: "tag:vip", negatable: true },
  priority: {
    kind: "words",
    meaning: "its priority",
    example: "priority:high",
    values: priorityClasses,
    negatable: true,
  },
  attempt: {
    kind: "attempt",
    meaning: "number of the latest attempt",
    example: "attempt:>3",
    negatable: false,
  },
  group: {
    kind: "text",
    meaning: "a failure group, by its fingerprint",
    example: "group:4f1c…",
    negatable: true,
  },
  worker: { kind: "number", meaning: "who runs or completed it", example: "worker:17", negatable: true },
  correlation: {
    kind: "text",
    meaning: "its correlation id",
    example: "correlation:order-7",
    negatable: true,
  },
  concurrency: {
    kind: "text",
    meaning: "its concurrency key, such as a tenant",
    example: "concurrency:tenant-42",
    negatable: true,
  },
  key: { kind: "text", meaning: "its idempotency key", example: "key:invoice-7", negatable: true },
  id: { kind: "number", meaning: "its job id", example: "id:381…", negatable: true },
} as const satisfies Record<string, QueryField>;
export type QueryFieldName = keyof typeof queryFields;

export const queryFieldNames = Object.keys(queryFields) as QueryFieldName[];

const aliases: Record<string, QueryFieldName> = {
  states: "state",
  status: "state",
  queues: "queue",
  def: "definition",
  kind: "definition",
  args: "payload",
  after: "since",
  before: "until",
  tags: "tag",
  attempts: "attempt",
  fingerprint: "group",
  concurrencykey: "concurrency",
  idempotencykey: "key",
};

/** The field that a word names, by its own name or another common one; null for none. */
export function findQueryField(word: string): QueryFieldName | null {
  const name = word.toLowerCase();
  if (Object.hasOwn(queryFields, name)) return name as QueryFieldName;
  return Object.hasOwn(aliases, name) ? (aliases[name] as QueryFieldName) : null;
}
