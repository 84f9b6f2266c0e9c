"use client";

import type { IsPlaceholder } from "./field-props.ts";
import type { JsonSchema } from "./json-schema.ts";
import { SchemaField } from "./schema-field.tsx";

const never: IsPlaceholder = () => false;

/**
 * A form made from a JSON Schema, for a value that the caller holds. `errors` are messages by JSON pointer (`/user/age`;
 * the empty pointer is the whole value); those of places that have no field of their own are shown at the nearest
 * field above. `isPlaceholder` says which values stand for a redacted one: they are shown as a block and kept as
 * they are until somebody replaces them. What the form does not know, it leaves to a box of JSON.
 */
export function SchemaForm({
  schema,
  value,
  onChange,
  errors,
  label,
  isPlaceholder = never,
}: {
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: readonly { path: string; message: string }[];
  label: string;
  isPlaceholder?: IsPlaceholder;
}) {
  return (
    <SchemaField
      schema={schema}
      root={schema}
      pointer=""
      label={label}
      required
      value={value}
      onChange={onChange}
      errors={new Map(errors.map(({ path, message }) => [path, message]))}
      isPlaceholder={isPlaceholder}
      depth={0}
    />
  );
}
