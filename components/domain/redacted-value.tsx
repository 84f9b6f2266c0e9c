"use client";

import { words } from "../words.ts";
import { ForeignText } from "./foreign-text.tsx";

/** What is redacted of a JSON text, and how to see it. */
export interface HiddenValues {
  /** The rule of each redacted value, by JSON pointer. */
  rules: ReadonlyMap<string, { kind: string; rule: string }>;
  /** Values shown for the moment, as JSON text, by JSON pointer. */
  revealed: ReadonlyMap<string, string>;
  /** Asks to see one; null when the reader may not. */
  onReveal: ((pointer: string) => void) | null;
}

/** A redacted value: the rule that took it out, and for whoever may the button that shows it for a while. */
export function RedactedValue({ pointer, hidden }: { pointer: string; hidden: HiddenValues }) {
  const found = hidden.rules.get(pointer);
  if (!found) return null;
  const value = hidden.revealed.get(pointer);
  if (value !== undefined)
    return (
      <span className="rounded-sm bg-selected px-1 text-ink outline outline-gate-caution">
        <ForeignText text={value} className="break-all whitespace-pre-wrap" />
      </span>
    );
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className="rounded-sm bg-track px-1 text-ink-2">
        ••• <ForeignText text={words.byRule(found.kind, found.rule)} />
      </span>
      {hidden.onReveal ? (
        <button
          type="button"
          className="text-accent hover:underline"
          aria-label={words.revealOf(pointer)}
          onClick={() => hidden.onReveal?.(pointer)}
        >
          {words.reveal}
        </button>
      ) : null}
    </span>
  );
}
