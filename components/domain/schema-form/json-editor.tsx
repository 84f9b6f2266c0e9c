"use client";

import { useId, useState } from "react";
import { Segmented } from "../../ui/segmented.tsx";
import { TextAreaField } from "../../ui/text-field.tsx";
import { words } from "../../words.ts";
import type { IsPlaceholder } from "./field-props.ts";
import { hasLongNumber } from "./has-long-number.ts";
import type { JsonSchema } from "./json-schema.ts";
import { SchemaForm } from "./schema-form.tsx";

const views = [
  { value: "form", label: words.form },
  { value: "json", label: words.json },
] as const;

/**
 * A JSON value to edit, as a form made from its schema or as text; `text` is the JSON text and the caller's to keep.
 * The text is sent as it was typed, so a number that a browser would round is safe as long as only the text is used.
 */
export function JsonEditor({
  schema,
  text,
  onChange,
  errors,
  label,
  isPlaceholder,
}: {
  /** Null or true: any JSON, edited as text. */
  schema: JsonSchema | null;
  text: string;
  onChange: (text: string) => void;
  /** By JSON pointer into the value. */
  errors: readonly { path: string; message: string }[];
  label: string;
  isPlaceholder?: IsPlaceholder;
}) {
  const listId = useId();
  const hasForm = schema !== null && typeof schema !== "boolean" && !hasLongNumber(text);
  const [view, setView] = useState<"form" | "json">(hasForm ? "form" : "json");
  const parsed = parse(text);
  const showsForm = hasForm && view === "form" && parsed.ok;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {hasForm ? (
        <div className="flex items-center gap-2">
          <Segmented label={words.viewOf(label)} value={view} options={views} onChange={setView} />
          {parsed.ok ? null : <p className="text-sm text-danger">{words.notJson}</p>}
        </div>
      ) : null}
      {showsForm ? (
        <SchemaForm
          schema={schema}
          value={parsed.value}
          onChange={(value) => onChange(JSON.stringify(value ?? null, null, 2))}
          errors={errors}
          label={label}
          isPlaceholder={isPlaceholder}
        />
      ) : (
        <TextAreaField
          label={label}
          error={parsed.ok ? null : words.notJson}
          value={text}
          spellCheck={false}
          className="min-h-60 font-mono"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {errors.length > 0 ? (
        <ul id={listId} className="text-sm text-danger">
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <span className="font-mono">{path || words.theWhole}</span> {message}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
