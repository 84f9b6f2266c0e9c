"use client";

import { useEffect, useRef } from "react";

/** What a key does. Keys are as `KeyboardEvent.key` has them; `g b` is one after the other; `mod+k` is ⌘K or Ctrl+K. */
export type KeyMap = Record<string, () => void>;

const sequenceMs = 1_200;

/** Everybody who listens now: the frame, the page, a part of it. */
const listening = new Set<{ current: KeyMap }>();
/** The first key of a sequence that waits for its second. */
let first = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Listens to keys while mounted, but not while somebody types, a dialog or menu is open, or another modifier is held.
 * A key that follows the first of a sequence is of the sequence alone, whoever else listens to it.
 */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (listening.size === 0) document.addEventListener("keydown", onKey);
    listening.add(latest);
    return () => {
      listening.delete(latest);
      if (listening.size === 0) document.removeEventListener("keydown", onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  const modified = event.ctrlKey || event.metaKey;
  const pressed = modified ? `mod+${event.key.toLowerCase()}` : event.key;
  if (event.defaultPrevented || event.altKey || (!modified && isTaken(event.target))) return;
  // Shift of a capital letter comes before the letter.
  if (event.key === "Shift") return;
  const sequence = first ? `${first} ${pressed}` : pressed;
  clearTimeout(timer);
  first = "";
  const maps = [...listening].map(({ current }) => current);
  const act = maps.find((map) => map[sequence])?.[sequence];
  if (act) {
    event.preventDefault();
    act();
  } else if (maps.some((map) => Object.keys(map).some((key) => key.startsWith(`${pressed} `)))) {
    first = pressed;
    timer = setTimeout(() => {
      first = "";
    }, sequenceMs);
  }
}

const typing = "input, textarea, select, [contenteditable='true']";
// A panel beside the page leaves the page its keys.
const floating = "[role='dialog']:not([data-aside]), [role='menu'], [role='listbox']";

function isTaken(target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(typing)) return true;
  return document.querySelector(floating) !== null;
}
