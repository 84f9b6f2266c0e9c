"use client";

import { X } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { words } from "../../words.ts";
import { FieldGroup } from "./field-group.tsx";
import type { DrawField, SchemaFieldProps } from "./field-props.ts";
import { JsonField } from "./json-field.tsx";
import type { JsonSchema } from "./json-schema.ts";

/** A longer list is edited as JSON. */
const mostItems = 50;

/** The items of a list, each with a way to take it out, and one more. */
export function ArrayField({
  items,
  hint,
  draw: Draw,
  ...props
}: SchemaFieldProps & { items: JsonSchema; hint: string | undefined; draw: DrawField }) {
  const { value, onChange, pointer, required, label, errors } = props;
  const list = (value ?? []) as readonly unknown[];
  const error = errors.get(pointer);
  if (list.length > mostItems)
    return <JsonField label={label} hint={hint} error={error} value={value} onChange={onChange} />;
  return (
    <FieldGroup
      label={label}
      hint={hint}
      error={error}
      onRemove={required || value === undefined ? undefined : () => onChange(undefined)}
    >
      {placed(list).map(({ item, index, place }) => (
        <div key={place} className="flex items-start gap-1">
          <div className="min-w-0 grow">
            <Draw
              {...props}
              schema={items}
              pointer={`${pointer}/${index}`}
              label={words.item(index + 1)}
              required
              value={item}
              onChange={(next) => onChange(list.map((old, at) => (at === index ? (next ?? null) : old)))}
              depth={props.depth + 1}
            />
          </div>
          <IconButton
            label={words.removeItem(index + 1)}
            onClick={() => onChange(list.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button size="small" className="w-fit" onClick={() => onChange([...list, null])}>
        {words.addItem}
      </Button>
    </FieldGroup>
  );
}

/** Items have no name but their place. */
function placed(list: readonly unknown[]): { item: unknown; index: number; place: string }[] {
  return list.map((item, index) => ({ item, index, place: `item ${index}` }));
}
