"use client";

import { jobWords } from "#app/words/job-words.ts";
import { jobStateLook } from "#components/domain/job-state-look.ts";
import { StateGlyph } from "#components/domain/state-glyph.tsx";
import { cn } from "#components/ui/cn.ts";
import { type JobState, jobStates } from "#core/job/job-state.ts";

/** The nine states, each a button that is on or off; none on means any. */
export function StateChips({
  values,
  onChange,
}: {
  values: readonly JobState[];
  onChange: (values: JobState[]) => void;
}) {
  return (
    <fieldset
      aria-label={jobWords.states}
      className="flex min-w-0 gap-1 overflow-x-auto max-sm:-mx-3 max-sm:px-3 sm:flex-wrap"
    >
      {jobStates.map((state) => {
        const on = values.includes(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={on}
            title={jobStateLook[state].meaning}
            onClick={() => onChange(on ? values.filter((value) => value !== state) : [...values, state])}
            className={cn(
              "flex h-6 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm pointer-coarse:h-8",
              on
                ? "border-accent bg-selected font-medium"
                : "border-line hover:border-line-strong hover:bg-hover",
            )}
          >
            <span className={jobStateLook[state].text}>
              <StateGlyph state={state} />
            </span>
            {jobStateLook[state].word}
          </button>
        );
      })}
    </fieldset>
  );
}
