"use client";

import { jsonPointer } from "#core/validation-error.ts";
import { Button } from "../../ui/button.tsx";
import { words } from "../../words.ts";
import { FieldGroup } from "./field-group.tsx";
import type { ObjectProperty } from "./field-of.ts";
import type { DrawField, SchemaFieldProps } from "./field-props.ts";

/** The members of an object: those of its schema in their order, then what else it holds. */
export function ObjectField({
  properties,
  hint,
  draw: Draw,
  ...props
}: SchemaFieldProps & { properties: readonly ObjectProperty[]; hint: string | undefined; draw: DrawField }) {
  const { value, onChange, pointer, required, label, errors } = props;
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  const known = new Set(properties.map(({ name }) => name));
  const others: ObjectProperty[] = Object.keys(members)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, schema: true, required: false }));
  if (value === undefined && !required)
    return (
      <FieldGroup label={label} hint={hint} error={errors.get(pointer)}>
        <Button size="small" className="w-fit" onClick={() => onChange({})}>
          {words.add}
        </Button>
      </FieldGroup>
    );
  const set = (name: string, next: unknown) => {
    // Built from entries, so that a member named __proto__ is a member.
    const rest = Object.entries(members).filter(([key]) => key !== name);
    const at = Object.keys(members).indexOf(name);
    if (next !== undefined) rest.splice(at < 0 ? rest.length : at, 0, [name, next]);
    onChange(Object.fromEntries(rest));
  };
  return (
    <FieldGroup
      label={label}
      hint={hint}
      error={errors.get(pointer)}
      bare={pointer === ""}
      onRemove={required ? undefined : () => onChange(undefined)}
    >
      {[...properties, ...others].map((property) => (
        <Draw
          key={property.name}
          {...props}
          schema={property.schema}
          pointer={pointer + jsonPointer([property.name])}
          label={property.name}
          required={property.required}
          value={Object.hasOwn(members, property.name) ? members[property.name] : undefined}
          onChange={(next) => set(property.name, next)}
          depth={props.depth + 1}
        />
      ))}
    </FieldGroup>
  );
}
