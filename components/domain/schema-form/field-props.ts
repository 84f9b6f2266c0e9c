import type { ReactNode } from "react";
import type { JsonSchema } from "./json-schema.ts";

/** What stands where a value is redacted, by its text in the JSON: shown as a block until it is replaced. */
export type IsPlaceholder = (value: unknown) => boolean;

/** What every field of a schema form is given. `undefined` as value is a member that is left out. */
export interface SchemaFieldProps {
  schema: JsonSchema;
  /** Where `#/…` references of the schema point into. */
  root: JsonSchema;
  /** JSON pointer of the field; errors are found by it. */
  pointer: string;
  label: string;
  required: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: ReadonlyMap<string, string>;
  isPlaceholder: IsPlaceholder;
  depth: number;
}

/** Draws a field inside another. */
export type DrawField = (props: SchemaFieldProps) => ReactNode;
