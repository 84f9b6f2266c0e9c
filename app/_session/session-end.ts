"use client";

import { useSyncExternalStore } from "react";

/** That the session ended while a page is open: found out by reading, or by an act, which then was not done. */
export type SessionEnd = "read" | "act";

let ended: SessionEnd | null = null;
let sessions = 0;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Notes that the server took this browser for signed out. An act that was refused outweighs a read. */
export function noteSessionEnd(how: SessionEnd): void {
  if (ended === "act" || ended === how) return;
  ended = how;
  tell();
}

/** Notes that somebody is signed in again. */
export function noteSessionStart(): void {
  ended = null;
  sessions++;
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How the session ended, or null while it lasts. */
export function useSessionEnd(): SessionEnd | null {
  return useSyncExternalStore(
    subscribe,
    () => ended,
    () => null,
  );
}

/** Counts the sessions of this page: what hangs on one is opened anew when it moves. */
export function useSessionCount(): number {
  return useSyncExternalStore(
    subscribe,
    () => sessions,
    () => 0,
  );
}
