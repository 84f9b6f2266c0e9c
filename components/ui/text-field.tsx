import type { ComponentProps } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";
import { describedBy, FieldFrame, type FieldProps } from "./field-frame.tsx";

/** The look of every box one types in; 16 px on touch screens, so that they do not zoom in. */
export const inputLook =
  "w-full rounded-md border border-line bg-bg px-2 text-sm text-ink placeholder:text-ink-3 hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:text-[16px]";

/** A labelled text area; `error` stands below it and is read with it. */
export function TextAreaField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...rest}
        {...describedBy(id, { label, hint, error })}
        className={cn(inputLook, "min-h-16 py-1.5", className)}
      />
    </FieldFrame>
  );
}
