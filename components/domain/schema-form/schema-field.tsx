"use client";

import { SelectField } from "../../ui/select-field.tsx";
import { SwitchField } from "../../ui/switch-field.tsx";
import { TextAreaField } from "../../ui/text-field.tsx";
import { TextInputField } from "../../ui/text-input-field.tsx";
import { words } from "../../words.ts";
import { ArrayField } from "./array-field.tsx";
import { fieldOf } from "./field-of.ts";
import type { SchemaFieldProps } from "./field-props.ts";
import { JsonField } from "./json-field.tsx";
import { NumberValueField } from "./number-value-field.tsx";
import { ObjectField } from "./object-field.tsx";
import { PlaceholderField } from "./placeholder-field.tsx";

/** Fields nested deeper than this are edited as JSON. */
const deepest = 6;

/** One field of a schema form, by the kind of its schema; a value that does not fit the kind is edited as JSON. */
export function SchemaField(props: SchemaFieldProps) {
  const { schema, root, value, onChange, required, pointer, depth } = props;
  const field = fieldOf(schema, root);
  const label = props.label || field.title || words.value;
  const error = props.errors.get(pointer);
  const hint = hintOf(field.description, required, field.nullable);
  if (props.isPlaceholder(value)) return <PlaceholderField {...props} label={label} />;
  const common = { label, hint, error };
  const { kind } = field;
  const empty = value === undefined || value === null;
  const leave = () => onChange(field.nullable && required ? null : undefined);
  if (kind.kind === "string" && (empty || typeof value === "string")) {
    const text = typeof value === "string" ? value : "";
    // An optional text that is emptied is left out; a required one is the empty text.
    const change = (next: string) => (next === "" && !required ? leave() : onChange(next));
    return kind.long || text.includes("\n") ? (
      <TextAreaField {...common} value={text} onChange={(event) => change(event.target.value)} />
    ) : (
      <TextInputField
        {...common}
        value={text}
        autoComplete="off"
        placeholder={kind.format ?? undefined}
        onChange={(event) => change(event.target.value)}
      />
    );
  }
  if (kind.kind === "number" && (empty || typeof value === "number"))
    return <NumberValueField {...common} value={value as number} onChange={onChange} onEmpty={leave} />;
  if (kind.kind === "boolean" && required && (value === undefined || typeof value === "boolean"))
    return (
      <SwitchField
        label={label}
        hint={error ?? field.description ?? undefined}
        checked={value === true}
        onChange={onChange}
      />
    );
  if (kind.kind === "choice" || kind.kind === "boolean") {
    const options = kind.kind === "choice" ? kind.options : [true, false];
    const at = (options as readonly unknown[]).indexOf(value);
    if (empty || at >= 0)
      return (
        <SelectField
          {...common}
          value={String(at)}
          options={[
            ...(required && at >= 0 ? [] : [{ value: "-1", label: words.leftOut }]),
            ...options.map((option, index) => ({ value: String(index), label: String(option) })),
          ]}
          onChange={(index) => (index === "-1" ? leave() : onChange(options[Number(index)]))}
        />
      );
  }
  if (depth < deepest && kind.kind === "object" && (empty || isObject(value)))
    return (
      <ObjectField {...props} label={label} hint={hint} draw={SchemaField} properties={kind.properties} />
    );
  if (depth < deepest && kind.kind === "array" && (empty || Array.isArray(value)))
    return <ArrayField {...props} label={label} hint={hint} draw={SchemaField} items={kind.items} />;
  return <JsonField {...common} value={value} onChange={onChange} />;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hintOf(description: string | null, required: boolean, nullable: boolean): string | undefined {
  const may = required ? (nullable ? words.mayBeNull : null) : words.optional;
  return [description, may].filter(Boolean).join(" · ") || undefined;
}
