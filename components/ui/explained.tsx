import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

/**
 * A short mark in the top bar that explains itself when it is pressed, by hand, key or thumb; the browser's own
 * popover, which any press outside or Escape closes.
 */
export function Explained({
  children,
  why,
  className,
  place,
}: {
  children: ReactNode;
  why: string;
  className?: string;
  place: "left" | "right";
}) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className={className}>
        {children}
      </button>
      <p
        id={id}
        popover="auto"
        className={cn(
          "fixed inset-auto top-11 m-0 max-w-80 rounded-md border border-line bg-float px-3 py-2 text-sm text-ink shadow-float max-sm:inset-x-3",
          place === "left" ? "sm:left-16" : "sm:right-4",
        )}
      >
        {why}
      </p>
    </>
  );
}
