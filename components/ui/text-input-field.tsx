import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";
import { describedBy, FieldFrame, type FieldProps } from "./field-frame.tsx";
import { inputLook } from "./text-field.tsx";

/** A labelled line to type in. `end` stands after the box: a unit or a button. Takes a ref and all of an input's attributes. */
export function TextInputField({
  label,
  hint,
  error,
  end,
  className,
  ...rest
}: FieldProps & { end?: ReactNode } & ComponentProps<"input">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div className="flex items-center gap-2">
        <input
          {...rest}
          {...describedBy(id, { label, hint, error })}
          className={cn(inputLook, "h-7 pointer-coarse:h-9", className)}
        />
        {end}
      </div>
    </FieldFrame>
  );
}
