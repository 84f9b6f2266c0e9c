"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

/** One of a few, all of them in sight. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = next[0] as T | undefined;
        if (chosen !== undefined) onChange(chosen);
      }}
      className="inline-flex w-fit gap-px rounded-md border border-line bg-panel p-px"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="h-6 rounded-sm px-2 text-sm whitespace-nowrap text-ink-2 select-none hover:bg-hover data-pressed:bg-selected data-pressed:font-medium data-pressed:text-ink pointer-coarse:h-8"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
