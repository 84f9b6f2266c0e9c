"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { words } from "../words.ts";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";
import { inputLook } from "./text-field.tsx";

/** One value a filter can take. */
export interface FilterOption {
  value: string;
  label: string;
  icon?: ReactNode;
}

/** A filter that takes one of many values, found by typing; choosing 'any' (null) takes it off. */
export function FilterPicker({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string | null;
  options: readonly FilterOption[];
  onChange: (value: string | null) => void;
}) {
  const any: FilterOption = { value: "", label: words.any };
  const chosen = options.find((option) => option.value === value) ?? (value ? { value, label: value } : any);
  return (
    <Combobox.Root
      items={[any, ...options]}
      value={chosen}
      onValueChange={(next) => onChange(next?.value ? next.value : null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <Combobox.Trigger
        aria-label={`${label}: ${chosen.label}`}
        className={cn(
          buttonLook({ tone: "plain", size: "medium" }),
          "max-w-64 font-normal",
          value && "border-accent",
        )}
      >
        <span className="text-ink-3">{label}</span>
        {value ? <span className="truncate font-medium">{chosen.label}</span> : null}
        <ChevronDown aria-hidden className="text-ink-3" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-50 outline-hidden"
        >
          <Combobox.Popup
            aria-label={label}
            className="w-64 rounded-md border border-line bg-float shadow-float transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <div className="p-1.5">
              <Combobox.Input placeholder={words.typeToFind} className={cn(inputLook, "h-7")} />
            </div>
            <Combobox.Empty className="px-3 text-sm text-ink-3 not-empty:pb-2">
              {words.noSuchValue}
            </Combobox.Empty>
            <Combobox.List className="max-h-72 overflow-y-auto pb-1 outline-hidden">
              {(option: FilterOption) => (
                <Combobox.Item
                  key={option.value}
                  value={option}
                  className="mx-1 flex h-7 items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-highlighted:bg-hover pointer-coarse:h-9"
                >
                  {option.icon}
                  <span className="grow truncate">{option.label}</span>
                  <Combobox.ItemIndicator>
                    <Check aria-hidden className="size-3.5 text-accent" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
