"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { words } from "../words.ts";
import { cn } from "./cn.ts";
import { FilterFace, type FilterOption, type FilterPickerProps, filterLook } from "./filter-face.tsx";
import { inputLook } from "./text-field.tsx";

/** The filter with its list, open from the start; 'any' takes it off. */
export function OpenPicker(props: FilterPickerProps) {
  const { label, value, options, onChange } = props;
  const any: FilterOption = { value: "", label: words.any };
  const chosen = options.find((option) => option.value === value) ?? (value ? { value, label: value } : any);
  return (
    <Combobox.Root
      defaultOpen
      items={[any, ...options]}
      value={chosen}
      onValueChange={(next) => onChange(next?.value ? next.value : null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <Combobox.Trigger aria-label={`${label}: ${chosen.label}`} className={filterLook(value !== null)}>
        <FilterFace {...props} />
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
              <Combobox.Input
                aria-label={label}
                placeholder={words.typeToFind}
                className={cn(inputLook, "h-7")}
              />
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
