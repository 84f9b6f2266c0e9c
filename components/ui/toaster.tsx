"use client";

import { useEffect } from "react";
import { Toaster as Base, toast } from "sonner";
import { words } from "../words.ts";
import { type Notice, showNoticesWith } from "./notify.ts";

const shownMs = 6_000;

function show({ text, detail, tone = "plain", action }: Notice): void {
  const options = {
    description: detail,
    duration: shownMs,
    action: action ? { label: action.label, onClick: action.onPress } : undefined,
  };
  if (tone === "plain") toast(text, options);
  else toast[tone](text, options);
}

/** Shows what {@link notify} reports. */
export function Toaster() {
  useEffect(() => {
    showNoticesWith(show);
    return () => showNoticesWith(null);
  }, []);
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
