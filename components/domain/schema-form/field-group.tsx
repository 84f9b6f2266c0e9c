"use client";

import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { words } from "../../words.ts";

/** Fields that belong together, indented under their name; `bare` is the outermost, which has none to show. */
export function FieldGroup({
  label,
  hint,
  error,
  bare = false,
  onRemove,
  children,
}: {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  bare?: boolean;
  onRemove?: () => void;
  children: ReactNode;
}) {
  return (
    <fieldset className={bare ? "min-w-0" : "min-w-0 border-l border-line pl-3"}>
      <legend className={bare ? "sr-only" : "flex items-center gap-2 text-sm font-medium"}>
        {label}
        {onRemove ? (
          <Button size="small" tone="quiet" onClick={onRemove} aria-label={words.leaveOutOf(label)}>
            {words.leaveOut}
          </Button>
        ) : null}
      </legend>
      {error || hint ? (
        <p className={error ? "pb-1 text-sm text-danger" : "pb-1 text-sm text-ink-3"}>{error ?? hint}</p>
      ) : null}
      <div className="flex flex-col gap-2.5">{children}</div>
    </fieldset>
  );
}
