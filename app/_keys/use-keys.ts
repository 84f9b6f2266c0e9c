"use client";

import { useEffect, useRef } from "react";

/** What a key does. Keys are as `KeyboardEvent.key` has them; `g b` is one after the other; `mod+k` is ⌘K or Ctrl+K. */
export type KeyMap = Record<string, () => void>;

const sequenceMs = 1_200;

/** Listens to keys while mounted, but not while somebody types, a dialog or menu is open, or another modifier is held. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let first = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey;
      const pressed = modified ? `mod+${event.key.toLowerCase()}` : event.key;
      if (event.defaultPrevented || event.altKey || (!modified && isTaken(event.target))) return;
      const sequence = first ? `${first} ${pressed}` : pressed;
      clearTimeout(timer);
      first = "";
      const act = latest.current[sequence] ?? latest.current[pressed];
      if (act) {
        event.preventDefault();
        act();
      } else if (Object.keys(latest.current).some((key) => key.startsWith(`${pressed} `))) {
        first = pressed;
        timer = setTimeout(() => {
          first = "";
        }, sequenceMs);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}

const typing = "input, textarea, select, [contenteditable='true']";
// A panel beside the page leaves the page its keys.
const floating = "[role='dialog']:not([data-aside]), [role='menu'], [role='listbox']";

function isTaken(target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(typing)) return true;
  return document.querySelector(floating) !== null;
}
