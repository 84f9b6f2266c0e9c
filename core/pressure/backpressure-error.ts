import { SignalboxError } from "../error.ts";
import type { PressureLevel } from "./pressure-level.ts";

/**
 * A submit was refused because there is too much work; nothing was written. Come again after `retryAfterMs`.
 * `by` says who refused: Signalbox, or the producer's own throttle before anything was sent.
 */
export class BackpressureError extends SignalboxError {
  override readonly name = "BackpressureError";
  override readonly retryAfterMs: number;
  readonly by: "signalbox" | "client";
  readonly level: PressureLevel | null;

  constructor(
    message: string,
    more: { retryAfterMs: number; by?: "signalbox" | "client"; level?: PressureLevel | null },
  ) {
    super("backpressure", message, { retryAfterMs: more.retryAfterMs });
    this.retryAfterMs = more.retryAfterMs;
    this.by = more.by ?? "signalbox";
    this.level = more.level ?? null;
  }
}
