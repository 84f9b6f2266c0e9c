"use client";

import { useState } from "react";
import { NumberField } from "../../ui/number-field.tsx";
import { words } from "../../words.ts";

/** A number; while what is typed is none, the value stays and the field says so. */
export function NumberValueField({
  label,
  hint,
  error,
  value,
  onChange,
  onEmpty,
}: {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  value: number | null | undefined;
  onChange: (value: number) => void;
  onEmpty: () => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const stands = value === null || value === undefined ? "" : String(value);
  const isNumber = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));
  const text = typed !== null && (!isNumber(typed) || Number(typed) === value) ? typed : stands;
  const change = (next: string) => {
    setTyped(next);
    if (next.trim() === "") onEmpty();
    else if (isNumber(next)) onChange(Number(next));
  };
  return (
    <NumberField
      label={label}
      hint={hint}
      error={text !== "" && !isNumber(text) ? words.notNumber : error}
      value={text}
      onChange={change}
    />
  );
}
