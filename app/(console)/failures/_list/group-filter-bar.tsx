"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import { failureGroupStates } from "#core/failure-group/failure-group-state.ts";
import { failureWindows } from "#core/failure-group/failure-window.ts";
import type { GroupFilterState } from "./use-group-filter.ts";

const { filter: label } = failureWords;
const asOptions = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const windowOptions = failureWindows.map((value) => ({ value, label: failureWords.windows[value] }));
const orderOptions = (["last-seen", "count", "rising"] as const).map((value) => ({
  value,
  label: failureWords.orders[value],
}));

/** What the list is narrowed by, what it counts over, and its order. */
export function GroupFilterBar({ state }: { state: GroupFilterState }) {
  const { values, narrow } = state;
  const trpc = useTRPC();
  const names = useQuery(trpc.queues.names.queryOptions());
  const dependencies = useQuery(trpc.failures.dependencies.queryOptions(undefined, { staleTime: 60_000 }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset aria-label={failureWords.states} className="flex gap-1">
        {failureGroupStates.map((each) => {
          const on = values.state.includes(each);
          return (
            <button
              key={each}
              type="button"
              aria-pressed={on}
              title={failureWords.stateWhy[each]}
              onClick={() =>
                narrow({
                  state: on ? values.state.filter((value) => value !== each) : [...values.state, each],
                })
              }
              className={cn(
                "h-6 rounded-md border px-2 text-sm pointer-coarse:h-8",
                on
                  ? "border-accent bg-selected font-medium"
                  : "border-line hover:border-line-strong hover:bg-hover",
              )}
            >
              {failureWords.state[each]}
            </button>
          );
        })}
      </fieldset>
      <div className="flex gap-2 overflow-x-auto max-sm:-mx-3 max-sm:w-screen max-sm:px-3 sm:contents">
        <FilterPicker
          label={label.class}
          value={values.class}
          options={asOptions(failureClasses)}
          onChange={(chosen) => narrow({ class: failureClasses.find((name) => name === chosen) ?? null })}
        />
        <FilterPicker
          label={label.origin}
          value={values.origin}
          options={asOptions(failureOrigins)}
          onChange={(chosen) => narrow({ origin: failureOrigins.find((name) => name === chosen) ?? null })}
        />
        <FilterPicker
          label={label.definition}
          value={values.definition}
          options={asOptions(names.data?.definitions ?? [])}
          onChange={(definition) => narrow({ definition })}
        />
        <FilterPicker
          label={label.queue}
          value={values.queue}
          options={asOptions(names.data?.queues ?? [])}
          onChange={(queue) => narrow({ queue })}
        />
        <FilterPicker
          label={label.dependency}
          value={values.dependency}
          options={asOptions(dependencies.data ?? [])}
          onChange={(dependency) => narrow({ dependency })}
        />
      </div>
      {state.filtered ? (
        <Button tone="quiet" onClick={state.clear}>
          {failureWords.clear}
        </Button>
      ) : null}
      <div className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
        <Segmented
          label={failureWords.order}
          value={values.order}
          options={orderOptions}
          onChange={(order) => narrow({ order })}
        />
        <Segmented
          label={failureWords.window}
          value={values.window}
          options={windowOptions}
          onChange={(window) => narrow({ window })}
        />
      </div>
    </div>
  );
}
