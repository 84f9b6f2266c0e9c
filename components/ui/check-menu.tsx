"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";
import type { FilterOption } from "./filter-picker.tsx";

/** A filter that takes several of a few values; none chosen means any. */
export function CheckMenu({
  label,
  values,
  options,
  onChange,
}: {
  label: string;
  values: readonly string[];
  options: readonly FilterOption[];
  onChange: (values: string[]) => void;
}) {
  const shown = options.filter((option) => values.includes(option.value));
  const summary = shown.map((option) => option.label).join(", ");
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={summary ? `${label}: ${summary}` : label}
        className={cn(
          buttonLook({ tone: "plain", size: "medium" }),
          "max-w-72 font-normal",
          summary && "border-accent",
        )}
      >
        <span className="text-ink-3">{label}</span>
        {summary ? <span className="truncate font-medium">{summary}</span> : null}
        <ChevronDown aria-hidden className="text-ink-3" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" collisionPadding={8} className="z-50 outline-hidden">
          <Base.Popup className="min-w-44 rounded-md border border-line bg-float py-1 shadow-float outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {options.map((option) => (
              <Base.CheckboxItem
                key={option.value}
                checked={values.includes(option.value)}
                onCheckedChange={(checked) =>
                  onChange(
                    checked ? [...values, option.value] : values.filter((value) => value !== option.value),
                  )
                }
                closeOnClick={false}
                className="mx-1 flex h-7 items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-highlighted:bg-hover pointer-coarse:h-9"
              >
                {option.icon}
                <span className="grow">{option.label}</span>
                <Base.CheckboxItemIndicator>
                  <Check aria-hidden className="size-3.5 text-accent" />
                </Base.CheckboxItemIndicator>
              </Base.CheckboxItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
