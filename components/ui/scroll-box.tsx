import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** Lets the keyboard reach a box that scrolls, where a browser does not do so by itself. */
function reachable(box: HTMLElement | null): void {
  if (box) box.tabIndex = 0;
}

/** A box that scrolls in itself and can be scrolled by keyboard; `label` names what is in it. */
export function ScrollBox({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <fieldset ref={reachable} aria-label={label} className={cn("min-w-0 overflow-auto", className)}>
      {children}
    </fieldset>
  );
}
