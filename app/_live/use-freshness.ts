"use client";

import { useNowMs } from "#components/domain/now.ts";
import { type LiveState, useLive } from "./live-provider.tsx";

/** Figures older than this no longer tell how things stand, ms. */
const lateMs = 5_000;

/** How fresh the figures are: `stale` when they stopped moving, whatever the reason. */
export function useFreshness(): LiveState & { state: "live" | "connecting" | "stale" } {
  const live = useLive();
  const nowMs = useNowMs();
  const late = live.asOfMs !== null && nowMs - live.asOfMs > lateMs;
  const state = live.because !== null || late ? "stale" : live.asOfMs === null ? "connecting" : live.link;
  return { ...live, state };
}
