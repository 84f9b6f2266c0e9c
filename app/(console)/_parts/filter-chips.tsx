"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";

/** What a list is narrowed to beside its pickers: a button each, which takes it off. */
export function FilterChips<Change>({
  chips,
  remove,
  onRemove,
}: {
  /** Null is one that does not hold now. */
  chips: readonly ({ what: string; off: Change } | null)[];
  remove: (what: string) => string;
  onRemove: (off: Change) => void;
}) {
  return chips
    .filter((chip) => chip !== null)
    .map(({ what, off }) => (
      <Button
        key={what}
        aria-label={remove(what)}
        className="max-w-64 border-accent"
        onClick={() => onRemove(off)}
      >
        <span className="truncate">{what}</span>
        <X aria-hidden />
      </Button>
    ));
}
