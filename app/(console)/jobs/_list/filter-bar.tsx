"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { failureClasses } from "#core/failure/failure-class.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { StateChips } from "./state-chips.tsx";
import type { JobFilterState } from "./use-job-filter.ts";

const asOptions = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** What the list is narrowed by. `/` goes to the search; `tag:eu` in it becomes a filter of its own. */
export function FilterBar({ state }: { state: JobFilterState }) {
  const { values, narrow } = state;
  const trpc = useTRPC();
  const names = useQuery(trpc.queues.names.queryOptions());
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(values.q ?? "");
  useEffect(() => setText(values.q ?? ""), [values.q]);
  useKeys({ "/": () => input.current?.focus() });

  const search = (event: FormEvent) => {
    event.preventDefault();
    const typed = text.trim();
    const tag = /^tag:(\S+)$/.exec(typed)?.[1];
    if (tag) setText("");
    narrow(tag ? { tag, q: null } : { q: typed || null });
  };
  const chips = [
    values.tag ? { what: jobWords.tag(values.tag), off: { tag: null } } : null,
    values.correlationId
      ? { what: jobWords.correlation(values.correlationId), off: { correlationId: null } }
      : null,
    values.failureGroup ? { what: jobWords.group(values.failureGroup), off: { failureGroup: null } } : null,
  ].filter((chip) => chip !== null);

  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <search className="w-80 max-sm:w-full">
          <form onSubmit={search} className="relative">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-3"
            />
            <input
              ref={input}
              type="search"
              enterKeyHint="search"
              aria-label={jobWords.search}
              placeholder={jobWords.searchHint}
              value={text}
              maxLength={200}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                setText(values.q ?? "");
                event.currentTarget.blur();
              }}
              className={cn(inputLook, "h-7 pl-7 pointer-coarse:h-9")}
            />
          </form>
        </search>
        <div className="flex gap-2 overflow-x-auto max-sm:-mx-3 max-sm:w-screen max-sm:px-3 sm:contents">
          <FilterPicker
            label={jobWords.queue}
            value={values.queue}
            options={asOptions(names.data?.queues ?? [])}
            onChange={(queue) => narrow({ queue })}
          />
          <FilterPicker
            label={jobWords.definition}
            value={values.definition}
            options={asOptions(names.data?.definitions ?? [])}
            onChange={(definition) => narrow({ definition })}
          />
          <FilterPicker
            label={jobWords.priority}
            value={values.priority[0] ?? null}
            options={asOptions(priorityClasses)}
            onChange={(chosen) => narrow({ priority: priorityClasses.filter((name) => name === chosen) })}
          />
          <FilterPicker
            label={jobWords.failureClass}
            value={values.class}
            options={asOptions(failureClasses)}
            onChange={(chosen) => narrow({ class: failureClasses.find((name) => name === chosen) ?? null })}
          />
          {chips.map(({ what, off }) => (
            <Button
              key={what}
              aria-label={jobWords.remove(what)}
              className="border-accent"
              onClick={() => narrow(off)}
            >
              {what}
              <X aria-hidden />
            </Button>
          ))}
        </div>
        {state.filtered ? (
          <Button tone="quiet" onClick={state.clear}>
            {jobWords.clear}
          </Button>
        ) : null}
      </div>
      <StateChips values={values.state} onChange={(next) => narrow({ state: next })} />
    </div>
  );
}
