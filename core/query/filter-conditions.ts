import type { JobCondition, TextField } from "./job-condition.ts";
import type { JobFilter } from "./job-filter.ts";

/** A filter as nothing but conditions: its short keys written out, then its `where`. */
export function filterConditions(filter: JobFilter): JobCondition[] {
  const one = (field: TextField | "words", value: string | undefined): JobCondition[] =>
    value === undefined ? [] : [{ field, anyOf: [value] } as JobCondition];
  const { states, priorities, failureClass, sinceMs, untilMs } = filter;
  return [
    ...(states === undefined ? [] : [{ field: "state" as const, anyOf: states }]),
    ...one("queue", filter.queue),
    ...one("definition", filter.definition),
    ...(priorities === undefined ? [] : [{ field: "priority" as const, anyOf: priorities }]),
    ...(failureClass === undefined ? [] : [{ field: "class" as const, anyOf: [failureClass] }]),
    ...one("tag", filter.tag),
    ...one("correlation", filter.correlationId),
    ...one("key", filter.idempotencyKey),
    ...one("concurrency", filter.concurrencyKey),
    ...one("group", filter.failureGroup),
    ...one("words", filter.q),
    ...(sinceMs === undefined && untilMs === undefined
      ? []
      : [{ field: "created" as const, fromMs: sinceMs, toMs: untilMs }]),
    ...(filter.where ?? []),
  ];
}
