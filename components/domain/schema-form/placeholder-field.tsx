"use client";

import { Button } from "../../ui/button.tsx";
import { words } from "../../words.ts";
import { ForeignText } from "../foreign-text.tsx";
import { fieldOf } from "./field-of.ts";
import type { SchemaFieldProps } from "./field-props.ts";

/** A redacted value in a form: it stays what it is, unseen, until it is replaced. */
export function PlaceholderField({
  label,
  value,
  onChange,
  schema,
  root,
  pointer,
  errors,
}: SchemaFieldProps) {
  const error = errors.get(pointer);
  const { kind } = fieldOf(schema, root).kind;
  const fresh =
    kind === "object" ? {} : kind === "array" ? [] : kind === "string" || kind === "json" ? "" : null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="text-sm font-medium">{label}</p>
      <div className="flex flex-wrap items-center gap-2">
        <span className="rounded-sm bg-track px-1.5 font-mono text-sm text-ink-2">
          <ForeignText text={String(value)} />
        </span>
        <Button size="small" onClick={() => onChange(fresh)} aria-label={words.replaceOf(label)}>
          {words.replace}
        </Button>
      </div>
      <p className={error ? "text-sm text-danger" : "text-sm text-ink-3"}>{error ?? words.keptAsItIs}</p>
    </div>
  );
}
