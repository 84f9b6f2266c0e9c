"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import { failureGroupStates } from "#core/failure-group/failure-group-state.ts";
import { failureWindows } from "#core/failure-group/failure-window.ts";

/** The orders of the list, as the server knows them. */
const orders = ["last-seen", "count", "rising"] as const;

const parsers = {
  state: parseAsArrayOf(parseAsStringLiteral(failureGroupStates)).withDefault(["open"]),
  class: parseAsStringLiteral(failureClasses),
  origin: parseAsStringLiteral(failureOrigins),
  definition: parseAsString,
  queue: parseAsString,
  dependency: parseAsString,
  window: parseAsStringLiteral(failureWindows).withDefault("24h"),
  order: parseAsStringLiteral(orders).withDefault("last-seen"),
  cursor: parseAsString,
};

/** The filters of the list of failure groups, all of them in the address. Open groups alone unless said otherwise. */
export function useGroupFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const filter = useMemo(
    () => ({
      states: values.state.length > 0 ? values.state : undefined,
      class: values.class ?? undefined,
      origin: values.origin ?? undefined,
      definition: values.definition || undefined,
      queue: values.queue || undefined,
      dependency: values.dependency || undefined,
    }),
    [values],
  );
  const { states: _, ...narrowing } = filter;
  return {
    values,
    filter,
    filtered: Object.values(narrowing).some((value) => value !== undefined),
    /** Changes filters and goes back to the first page. */
    narrow: (change: Partial<{ [K in keyof typeof values]: (typeof values)[K] | null }>) =>
      setValues({ ...change, cursor: null }),
    goTo: (cursor: string | null) => setValues({ cursor }),
    clear: () =>
      setValues({
        state: null,
        class: null,
        origin: null,
        definition: null,
        queue: null,
        dependency: null,
        cursor: null,
      }),
  };
}
export type GroupFilterState = ReturnType<typeof useGroupFilter>;
