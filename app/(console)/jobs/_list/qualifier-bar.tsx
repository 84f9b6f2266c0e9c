"use client";

import { Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { explorerWords } from "#app/words/explorer-words.ts";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import type { QueryFix } from "#core/query/job-query.ts";
import { maxQueryLength, parseQuery } from "#core/query/parse-query.ts";
import { type CompletionPlace, completionAt } from "./complete-at.ts";
import { QueryProblems } from "./query-problems.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { type Suggestion, useCompletions } from "./use-completions.ts";
import type { JobQueryState } from "./use-job-query.ts";

/**
 * The bar that says what the list shows, in words: `state:dead queue:billing`. It completes by keyboard, marks what it does
 * not understand and offers the nearest. `/` goes to it; Escape gives up what was not run.
 */
export function QualifierBar({ state }: { state: JobQueryState }) {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [text, setText] = useState(state.text);
  const [tried, setTried] = useState(state.text);
  const [place, setPlace] = useState<CompletionPlace | null>(null);
  /** The label of the suggestion that the arrow keys have come to: it stays the same one when the list is made anew. */
  const [activeLabel, setActiveLabel] = useState<string | null>(null);
  /** Where one goes on writing after a completion or a fix. */
  const [caret, setCaret] = useState<{ at: number } | null>(null);
  const ran = useRef(state.text);
  useEffect(() => {
    // What was run here comes back a moment later: whoever has written on since keeps it.
    if (state.text === ran.current) return;
    ran.current = state.text;
    setText(state.text);
    setTried(state.text);
  }, [state.text]);
  // With the text itself and not a frame later: what is typed meanwhile would stand behind the caret.
  useLayoutEffect(() => {
    const box = input.current;
    if (caret === null || box === null) return;
    box.focus();
    box.setSelectionRange(caret.at, caret.at);
    setPlace(completionAt(box.value, caret.at));
    setActiveLabel(null);
  }, [caret]);
  useKeys({ "/": () => input.current?.focus() });
  const suggestions = useCompletions(place, state.filter);
  const open = place !== null && suggestions.length > 0;
  const active = suggestions.findIndex(({ label }) => label === activeLabel);
  const problems = parseQuery(tried).problems;

  const lookAt = (next: string) => {
    setPlace(completionAt(next, input.current?.selectionStart ?? next.length));
    setActiveLabel(null);
  };
  const run = (next: string) => {
    setTried(next);
    if (parseQuery(next).problems.length > 0) return;
    ran.current = next.trim();
    state.write(ran.current);
  };
  const write = (next: string, at: number) => {
    setText(next);
    setCaret({ at });
  };
  const accept = ({ insert, ends }: Suggestion) => {
    if (!place) return;
    const after = text.slice(place.to).replace(/^[:.]/, ends ? "$&" : "");
    const gap = ends && !/^[\s,]/.test(after) ? " " : "";
    const next = `${text.slice(0, place.from)}${insert}${gap}${after}`;
    write(next, place.from + insert.length + gap.length);
    if (ends) run(next);
  };
  const fix = (change: QueryFix) => {
    const next = `${tried.slice(0, change.from)}${change.text}${tried.slice(change.to)}`;
    write(next, change.from + change.text.length);
    run(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (!open) lookAt(text);
      else {
        const from = active === -1 && step === -1 ? 0 : active;
        const next = suggestions[(from + step + suggestions.length) % suggestions.length];
        setActiveLabel(next?.label ?? null);
      }
      return;
    }
    const chosen = suggestions[active];
    if ((event.key === "Enter" || event.key === "Tab") && open && chosen) {
      event.preventDefault();
      accept(chosen);
    } else if (event.key === "Tab" && open && place?.typed && suggestions[0] && !event.shiftKey) {
      event.preventDefault();
      accept(suggestions[0]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      setPlace(null);
      run(text);
    } else if (event.key === "Escape") {
      if (open) setPlace(null);
      else {
        setText(state.text);
        setTried(state.text);
        event.currentTarget.blur();
      }
    }
  };

  return (
    <search className="flex min-w-0 grow flex-col gap-1">
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-3"
        />
        <input
          ref={input}
          role="combobox"
          aria-label={explorerWords.bar}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={listId}
          aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? `${listId}-problems` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={explorerWords.barHint}
          maxLength={maxQueryLength}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            lookAt(event.target.value);
          }}
          onFocus={() => lookAt(text)}
          onClick={() => lookAt(text)}
          onBlur={() => setPlace(null)}
          onKeyDown={onKeyDown}
          className={cn(inputLook, "h-8 px-7 font-mono pointer-coarse:h-10")}
        />
        {text !== "" ? (
          <IconButton
            label={explorerWords.clear}
            className="absolute top-0.5 right-0.5"
            onClick={() => {
              state.clear();
              setText("");
              setTried("");
              input.current?.focus();
            }}
          >
            <X aria-hidden />
          </IconButton>
        ) : null}
        <SuggestionList id={listId} open={open} suggestions={suggestions} active={active} onPick={accept} />
      </div>
      <QueryProblems
        id={`${listId}-problems`}
        text={tried}
        problems={problems}
        kept={tried !== state.text}
        onFix={fix}
      />
    </search>
  );
}
