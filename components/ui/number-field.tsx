import type { ComponentProps } from "react";
import { TextInputField } from "./text-input-field.tsx";

/**
 * A labelled figure with its unit. The value stays text while it is typed, so that nothing is lost or bent; whoever
 * sends it reads it with Number and shows what is wrong as `error`.
 */
export function NumberField({
  unit,
  value,
  onChange,
  ...rest
}: Omit<ComponentProps<typeof TextInputField>, "value" | "onChange" | "end" | "type"> & {
  unit?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextInputField
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="max-w-32 text-right font-mono"
      end={unit ? <span className="shrink-0 text-sm text-ink-3">{unit}</span> : undefined}
    />
  );
}
