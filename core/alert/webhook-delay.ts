import type { Random } from "../clock.ts";

/** Sends of one message at most: with the waits between them a receiver may be away for some hour and a half. */
export const mostSends = 12;
const firstMs = 5_000;
const longestMs = 1_800_000;
const jitter = 0.2;

/**
 * How long to wait before message number `sent` + 1 (1…) is tried again, ms: 5 s, doubling, half an hour at most, each up
 * to a fifth more or less so that receivers that come back are not met by all at once. Null when it was the last.
 */
export function webhookDelayMs(sent: number, random: Random): number | null {
  if (sent >= mostSends) return null;
  const waitMs = Math.min(longestMs, firstMs * 2 ** (sent - 1));
  return Math.round(waitMs * (1 + jitter * (2 * random() - 1)));
}
