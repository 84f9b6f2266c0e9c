"use client";

import { useState } from "react";
import { TextAreaField } from "../../ui/text-field.tsx";
import { words } from "../../words.ts";

/** A value that no field fits, as JSON text; the value changes with every text that is JSON. Empty leaves it out. */
export function JsonField({
  label,
  hint,
  error,
  value,
  onChange,
}: {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null);
  // What was typed stays as it was typed until the value changes from outside.
  const isTyped = typed !== null && (typed.value === value || !parses(typed.text));
  const text = isTyped ? typed.text : value === undefined ? "" : JSON.stringify(value, null, 2);
  const change = (next: string) => {
    if (next.trim() === "") {
      setTyped({ text: next, value: undefined });
      onChange(undefined);
    } else if (parses(next)) {
      const parsed: unknown = JSON.parse(next);
      setTyped({ text: next, value: parsed });
      onChange(parsed);
    } else setTyped({ text: next, value });
  };
  return (
    <TextAreaField
      label={label}
      hint={hint}
      error={text.trim() !== "" && !parses(text) ? words.notJson : error}
      value={text}
      spellCheck={false}
      className="min-h-20 font-mono"
      onChange={(event) => change(event.target.value)}
    />
  );
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
