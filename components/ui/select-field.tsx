import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { cn } from "./cn.ts";
import { describedBy, FieldFrame, type FieldProps } from "./field-frame.tsx";
import { inputLook } from "./text-field.tsx";

/** A labelled choice of one among few; the browser's own list, so that it suits every hand and screen. */
export function SelectField<T extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChange,
  disabled,
}: FieldProps & {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <select
          {...describedBy(id, { label, hint, error })}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as T)}
          className={cn(inputLook, "h-7 appearance-none pr-7 pointer-coarse:h-9")}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-3"
        />
      </div>
    </FieldFrame>
  );
}
