import { ChevronDown } from "lucide-react";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";

/** One value a filter can take. */
export interface FilterOption {
  value: string;
  label: string;
}

export interface FilterPickerProps {
  label: string;
  value: string | null;
  options: readonly FilterOption[];
  /** null takes the filter off. */
  onChange: (value: string | null) => void;
}

/** What the closed filter shows. */
export function FilterFace({ label, value, options }: FilterPickerProps) {
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <>
      {/* The space keeps the two apart where the text is read as one: a flex row draws none. */}
      <span className="text-ink-3">{label} </span>
      {chosen ? <span className="truncate font-medium">{chosen}</span> : null}
      <ChevronDown aria-hidden className="text-ink-3" />
    </>
  );
}

/** How the closed filter looks. */
export const filterLook = (chosen: boolean) =>
  cn(buttonLook({ tone: "plain", size: "medium" }), "max-w-64 font-normal", chosen && "border-accent");
