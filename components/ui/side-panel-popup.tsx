"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { words } from "../words.ts";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";
import type { SidePanelProps } from "./side-panel.tsx";

/** The panel itself, loaded when the first one opens; use `SidePanel`. */
export function SidePanelPopup({ open, onClose, title, children, footer }: SidePanelProps) {
  return (
    <Base.Root open={open} onOpenChange={onClose} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          initialFocus={false}
          data-aside=""
          className="fixed top-11 right-0 bottom-0 z-30 flex w-120 max-w-full flex-col border-l border-line bg-panel shadow-float transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 max-sm:top-0 max-sm:w-full"
        >
          <div className="hairline-b flex items-center justify-between gap-3 py-1.5 pr-2 pl-4">
            <Base.Title className="min-w-0 truncate text-base font-semibold">{title}</Base.Title>
            <Base.Close aria-label={words.close} className={cn(buttonLook({ tone: "quiet", size: "icon" }))}>
              <X aria-hidden />
            </Base.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto px-4 py-3">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
