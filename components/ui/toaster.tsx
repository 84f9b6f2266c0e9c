"use client";

import { Toaster as Base } from "sonner";
import { words } from "../words.ts";

/** Where short reports of what was just done appear; they take no focus. */
export function Toaster() {
  return (
    <Base
      position="bottom-right"
      visibleToasts={3}
      style={{ fontFamily: "inherit" }}
      containerAriaLabel={words.notices}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2 rounded-md border border-line bg-float px-3 py-2 text-sm text-ink shadow-float",
          title: "font-medium",
          description: "text-ink-2",
          icon: "mt-0.5 [&_svg]:size-3.5",
          actionButton: "ml-auto shrink-0 font-medium text-accent",
        },
      }}
    />
  );
}
