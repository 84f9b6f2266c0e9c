import { useSyncExternalStore } from "react";
import { isTimeZone, setTimeZone } from "#components/domain/time-zone.ts";

/** How this browser shows things: the height of rows and the clock of exact times. Kept in the browser. */
export interface Display {
  density: "compact" | "comfortable";
  /** null: the browser's own. */
  timeZone: string | null;
}

const storageKey = "signalbox-display";
const standard: Display = { density: "compact", timeZone: null };
const listeners = new Set<() => void>();
let current: Display | null = null;
let standardTimeZone: string | null = null;

/** What is chosen, read once; what cannot be read is as if nothing were chosen. */
export function readDisplay(): Display {
  if (current === null) apply(stored());
  return current ?? standard;
}

/** Changes part of it, at once and for later visits. */
export function changeDisplay(change: Partial<Display>): void {
  apply({ ...readDisplay(), ...change });
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows it as chosen until it is closed.
  }
  for (const listener of listeners) listener();
}

/** The clock for who has not chosen one, from the settings; null: the browser's own. */
export function setStandardTimeZone(timeZone: string | null): void {
  if (timeZone === standardTimeZone) return;
  standardTimeZone = timeZone;
  // A new object, so that what shows times draws again.
  apply({ ...readDisplay() });
  for (const listener of listeners) listener();
}

/** What is chosen; draws again when that changes. */
export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, readDisplay, () => standard);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(display: Display): void {
  current = display;
  setTimeZone(display.timeZone ?? standardTimeZone);
  document.documentElement.dataset.density = display.density;
}

function stored(): Display {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    if (kept === null || typeof kept !== "object") return standard;
    const { density, timeZone } = kept as Record<string, unknown>;
    return {
      density: density === "comfortable" ? "comfortable" : "compact",
      timeZone: typeof timeZone === "string" && isTimeZone(timeZone) ? timeZone : null,
    };
  } catch {
    return standard;
  }
}
