"use client";

import { sayKind } from "#app/words/audit-words.ts";
import { automationWords, sayAutomationAlone } from "#app/words/automation-words.ts";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterPicker } from "#components/ui/filter-picker.tsx";
import { FilterChips } from "../../_parts/filter-chips.tsx";
import type { useAutomationFilter } from "./use-automation-filter.ts";

const kinds = Object.keys(automationWords.kinds).map((value) => ({
  value,
  label: sayAutomationAlone(value),
}));
const objectKinds = automationWords.objectKinds.map((value) => ({ value, label: sayKind(value) }));
const times = Object.entries(automationWords.times).map(([value, label]) => ({ value, label }));

/** What the feed is narrowed to. */
export function AutomationFilterBar({ state }: { state: ReturnType<typeof useAutomationFilter> }) {
  const { values, filter, narrow } = state;
  const preset = times.find(({ value }) => value === values.since);
  const instant = (words: string, atMs: number) => `${words} ${formatExactInstant(atMs)}`;
  const chips = [
    filter.objectId === undefined
      ? null
      : { what: `${sayKind(filter.objectKind ?? "")} ${filter.objectId}`, off: { object: null } },
    filter.sinceMs === undefined || preset
      ? null
      : { what: instant("since", filter.sinceMs), off: { since: null } },
    filter.untilMs === undefined ? null : { what: instant("until", filter.untilMs), off: { until: null } },
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterPicker
        label={automationWords.kind}
        value={values.kind}
        options={kinds}
        onChange={(kind) => narrow({ kind })}
      />
      <FilterPicker
        label={automationWords.objectKind}
        value={values.of}
        options={objectKinds}
        onChange={(of) => narrow({ of, object: null })}
      />
      <FilterPicker
        label={automationWords.since}
        value={preset ? (values.since ?? null) : null}
        options={times}
        onChange={(since) => narrow({ since })}
      />
      <FilterChips chips={chips} remove={automationWords.remove} onRemove={narrow} />
      {state.filtered ? (
        <Button tone="quiet" onClick={state.clear}>
          {automationWords.clear}
        </Button>
      ) : null}
    </div>
  );
}
