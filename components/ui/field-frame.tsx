import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** What every labelled field has beside its box. */
export interface FieldProps {
  label: string;
  /** What to know before typing, with the unit. */
  hint?: ReactNode;
  /** What is wrong; stands in place of the hint and is read with the field. */
  error?: string | null;
}

/** The attributes by which a box names its note, given the ids of {@link FieldFrame}. */
export function describedBy(id: string, { hint, error }: FieldProps) {
  return {
    id,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || hint ? `${id}-note` : undefined,
  };
}

/** A label above its box, a hint or an error below it. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  className,
  children,
}: FieldProps & { id: string; className?: string; children: ReactNode }) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error || hint ? (
        <p id={`${id}-note`} className={cn("text-sm", error ? "text-danger" : "text-ink-3")}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
