"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { words } from "../words.ts";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";
import type { DialogProps } from "./dialog.tsx";

/** Lets the keyboard scroll what is longer than the dialog. */
function reachable(box: HTMLElement | null): void {
  if (box && box.scrollHeight > box.clientHeight) box.tabIndex = 0;
}

/** The dialog itself, loaded when the first one opens; use `Dialog`. */
export function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  initialFocus,
  wide = false,
  closable = true,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (closable ? onOpenChange(next) : undefined)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          initialFocus={initialFocus}
          className={cn(
            "fixed z-40 flex max-h-[85dvh] flex-col rounded-md border border-line bg-float shadow-float transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0",
            "top-1/2 left-1/2 w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2",
            "max-sm:top-auto max-sm:bottom-2 max-sm:w-[calc(100vw-16px)] max-sm:translate-y-0",
            wide ? "max-w-160" : "max-w-110",
          )}
        >
          <div className="flex items-start justify-between gap-3 px-4 pt-3 pb-2">
            <div className="min-w-0">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-1 text-base text-ink-2">{description}</Base.Description>
              ) : null}
            </div>
            {closable ? (
              <Base.Close
                aria-label={words.close}
                className={cn(buttonLook({ tone: "quiet", size: "icon" }), "-mr-2")}
              >
                <X aria-hidden />
              </Base.Close>
            ) : null}
          </div>
          {children ? (
            <div ref={reachable} className="min-h-0 overflow-y-auto px-4 pb-3">
              {children}
            </div>
          ) : null}
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
