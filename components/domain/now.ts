"use client";

import { useSyncExternalStore } from "react";

const stepMs = 1_000;
const listeners = new Set<() => void>();
let offsetMs = 0;
let currentMs = 0;
let timer: ReturnType<typeof setInterval> | null = null;

function read(): void {
  currentMs = Date.now() + offsetMs;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    read();
    timer = setInterval(read, stepMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** Sets this browser's clock right by the server's: `serverMs` is the server's now as it just arrived. */
export function correctNow(serverMs: number): void {
  offsetMs = serverMs - Date.now();
}

/** The server's now in ms since 1970, moving once a second; 0 until the page is alive. */
export function useNowMs(): number {
  return useSyncExternalStore(
    subscribe,
    () => currentMs,
    () => 0,
  );
}
