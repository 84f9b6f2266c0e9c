import { setTimeout as delay } from "node:timers/promises";

/** Resolves after the milliseconds, or at once when the signal aborts; never rejects. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** {@link Wait} on the timers of this process. */
export const wait: Wait = async (ms, signal) => {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
};
