"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { failureClasses } from "#core/failure/failure-class.ts";
import { jobStates } from "#core/job/job-state.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";

const parsers = {
  state: parseAsArrayOf(parseAsStringLiteral(jobStates)).withDefault([]),
  priority: parseAsArrayOf(parseAsStringLiteral(priorityClasses)).withDefault([]),
  class: parseAsStringLiteral(failureClasses),
  queue: parseAsString,
  definition: parseAsString,
  tag: parseAsString,
  correlationId: parseAsString,
  failureGroup: parseAsString,
  q: parseAsString,
  cursor: parseAsString,
};

/** The filters of the jobs list, all of them in the address under the names that GET /jobs uses. */
export function useJobFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const filter = useMemo(
    () => ({
      states: values.state.length > 0 ? values.state : undefined,
      priorities: values.priority.length > 0 ? values.priority : undefined,
      failureClass: values.class ?? undefined,
      queue: values.queue || undefined,
      definition: values.definition || undefined,
      tag: values.tag || undefined,
      correlationId: values.correlationId || undefined,
      failureGroup: values.failureGroup || undefined,
      q: values.q || undefined,
    }),
    [values],
  );
  return {
    values,
    filter,
    filtered: Object.values(filter).some((value) => value !== undefined),
    /** Changes filters and goes back to the first page. */
    narrow: (change: Partial<{ [K in keyof typeof values]: (typeof values)[K] | null }>) =>
      setValues({ ...change, cursor: null }),
    goTo: (cursor: string | null) => setValues({ cursor }),
    clear: () => setValues(null),
  };
}
export type JobFilterState = ReturnType<typeof useJobFilter>;
