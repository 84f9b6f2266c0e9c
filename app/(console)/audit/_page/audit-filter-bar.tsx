"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords, sayKind } from "#app/words/audit-words.ts";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { FilterChips } from "../../_parts/filter-chips.tsx";
import type { AuditFilterState } from "./use-audit-filter.ts";

const times = Object.entries(auditWords.times).map(([value, label]) => ({ value, label }));
const asOptions = (values: readonly string[] | undefined, label = (value: string) => value) =>
  (values ?? []).map((value) => ({ value, label: label(value) }));

/** What the entries are narrowed to. `/` goes to the words in the reason. */
export function AuditFilterBar({ state }: { state: AuditFilterState }) {
  const { values, filter, narrow } = state;
  const trpc = useTRPC();
  const names = useQuery(trpc.audit.names.queryOptions());
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(values.q ?? "");
  useEffect(() => setText(values.q ?? ""), [values.q]);
  useKeys({ "/": () => input.current?.focus() });
  const search = (event: FormEvent) => {
    event.preventDefault();
    narrow({ q: text.trim() || null });
  };
  const preset = times.find(({ value }) => value === values.since);
  const chips = [
    filter.objectId === undefined
      ? null
      : {
          what: auditWords.object(filter.objectKind ? sayKind(filter.objectKind) : "", filter.objectId),
          off: { object: null },
        },
    filter.sinceMs === undefined || preset
      ? null
      : { what: auditWords.from(formatExactInstant(filter.sinceMs)), off: { since: null } },
    filter.untilMs === undefined
      ? null
      : { what: auditWords.until(formatExactInstant(filter.untilMs)), off: { until: null } },
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <search className="w-64 max-sm:w-full">
        <form onSubmit={search} className="relative">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-3"
          />
          <input
            ref={input}
            type="search"
            enterKeyHint="search"
            aria-label={auditWords.search}
            placeholder={auditWords.searchHint}
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
          label={auditWords.actor}
          value={values.actor}
          options={asOptions(names.data?.actors)}
          onChange={(actor) => narrow({ actor })}
        />
        <FilterPicker
          label={auditWords.action}
          value={values.action}
          options={asOptions(names.data?.actions)}
          onChange={(action) => narrow({ action })}
        />
        <FilterPicker
          label={auditWords.kind}
          value={values.kind}
          options={asOptions(names.data?.objectKinds, sayKind)}
          onChange={(kind) => narrow({ kind, object: null })}
        />
        <FilterPicker
          label={auditWords.since}
          value={preset ? (values.since ?? null) : null}
          options={times}
          onChange={(since) => narrow({ since })}
        />
        <FilterChips chips={chips} remove={auditWords.remove} onRemove={narrow} />
      </div>
      {state.filtered ? (
        <Button tone="quiet" onClick={state.clear}>
          {auditWords.clear}
        </Button>
      ) : null}
    </div>
  );
}
