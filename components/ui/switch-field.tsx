"use client";

import { Switch } from "@base-ui/react/switch";
import { useId } from "react";

/** A setting that is on or off, with what it means beside it. */
export function SwitchField({
  label,
  hint,
  checked,
  onChange,
  disabled = false,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Switch.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-note` : undefined}
        className="mt-0.5 flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-track p-px data-checked:border-accent data-checked:bg-accent"
      >
        <Switch.Thumb className="size-3 rounded-full bg-panel transition-transform data-checked:translate-x-3" />
      </Switch.Root>
      <div className="min-w-0">
        <p id={id} className="text-sm font-medium">
          {label}
        </p>
        {hint ? (
          <p id={`${id}-note`} className="text-sm text-ink-3">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
