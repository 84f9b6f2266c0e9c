import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";

/** The look of every box one types in; 16 px on touch screens, so that they do not zoom in. */
export const inputLook =
  "w-full rounded-md border border-line bg-bg px-2 text-sm text-ink placeholder:text-ink-3 hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:text-[16px]";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
}

/** A labelled text area; `error` stands below it and is read with it. */
export function TextAreaField({
  label,
  hint,
  error,
  className,
  ...rest
}: FieldProps & ComponentProps<"textarea">) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? noteId : undefined}
        className={cn(inputLook, "min-h-16 py-1.5", className)}
      />
      {error || hint ? (
        <p id={noteId} className={cn("text-sm", error ? "text-danger" : "text-ink-3")}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
