import { z } from "zod";
import type { Setting } from "../settings/setting.ts";

/** Bounds for the workers that are asked for, of every pool. */
export interface ScalingLimits {
  /** No fewer and no more workers than these are asked for. */
  minWorkers: number;
  maxWorkers: number;
  /** Fewer are asked for only when fewer were enough for so long, ms. */
  cooldownMs: number;
}

const workers = z.int().min(0).max(10_000);

export const scalingSetting: Setting<ScalingLimits> = {
  key: "scaling",
  name: "the limits of scaling",
  schema: z
    .strictObject({
      minWorkers: workers,
      maxWorkers: workers.min(1),
      cooldownMs: z.int().min(60_000).max(86_400_000),
    })
    .refine(({ minWorkers, maxWorkers }) => minWorkers <= maxWorkers, {
      path: ["minWorkers"],
      error: "may not be above the most there may be",
    }),
  standard: { minWorkers: 1, maxWorkers: 100, cooldownMs: 300_000 },
};
