"use client";

import { useEffect, useRef } from "react";
import { explorerWords } from "#app/words/explorer-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Suggestion } from "./use-completions.ts";

/** What the bar offers to go on with, under it. The focus stays in the bar. */
export function SuggestionList({
  id,
  open,
  suggestions,
  active,
  onPick,
}: {
  id: string;
  open: boolean;
  suggestions: readonly Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (!open) return null;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={explorerWords.suggestions}
      className="absolute top-full left-0 z-30 mt-1 max-h-72 w-96 max-w-full overflow-y-auto rounded-md border border-line bg-float py-1 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        // The focus stays in the bar, which names the active option.
        <div
          key={suggestion.insert}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(suggestion);
          }}
          className={cn(
            "mx-1 flex h-7 items-center justify-between gap-4 rounded-sm px-2 text-sm hover:bg-hover pointer-coarse:h-10",
            index === active && "bg-hover",
          )}
        >
          <ForeignText text={suggestion.label} className="min-w-0 truncate font-mono" />
          {suggestion.meaning ? (
            <span className="min-w-0 truncate text-ink-3">{suggestion.meaning}</span>
          ) : null}
        </div>
      ))}
    </div>
  );
}
