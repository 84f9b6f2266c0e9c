"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";

/** A box to tick; `label` names it. Larger under a thumb than it looks. */
export function Checkbox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: () => void;
}) {
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="relative flex size-3.5 items-center justify-center rounded-sm border border-line-strong bg-bg before:absolute before:-inset-2 data-checked:border-accent data-checked:bg-accent pointer-coarse:size-5"
    >
      <Base.Indicator className="text-on-accent">
        <Check aria-hidden className="size-3" strokeWidth={3} />
      </Base.Indicator>
    </Base.Root>
  );
}
