/** How far back failures are counted. */
export const failureWindows = ["5m", "1h", "6h", "24h", "7d"] as const;
export type FailureWindow = (typeof failureWindows)[number];

/** The grains failures are counted in, ms. */
export const failureGrainsMs = [60_000, 600_000, 3_600_000] as const;

/** How one window is read: from which grain, and how its picture and its newest part are cut. */
interface WindowCut {
  spanMs: number;
  grainMs: (typeof failureGrainsMs)[number];
  /** Width of a bar of its picture; a multiple of the grain. */
  bucketMs: number;
  /** The newest part, which is held against the rest to tell what rises. */
  recentMs: number;
}

const minute = 60_000;
const hour = 3_600_000;
const cuts: Record<FailureWindow, WindowCut> = {
  "5m": { spanMs: 5 * minute, grainMs: minute, bucketMs: minute, recentMs: minute },
  "1h": { spanMs: hour, grainMs: minute, bucketMs: 2 * minute, recentMs: 5 * minute },
  "6h": { spanMs: 6 * hour, grainMs: minute, bucketMs: 10 * minute, recentMs: 30 * minute },
  "24h": { spanMs: 24 * hour, grainMs: 600_000, bucketMs: 40 * minute, recentMs: 2 * hour },
  "7d": { spanMs: 168 * hour, grainMs: hour, bucketMs: 6 * hour, recentMs: 12 * hour },
};

export interface WindowRange extends WindowCut {
  /** Start, on a boundary of the grain: the window is longer than its name by less than one grain. */
  fromMs: number;
  recentFromMs: number;
}

/** The range of a window that ends now. */
export function cutWindow(window: FailureWindow, nowMs: number): WindowRange {
  const cut = cuts[window];
  const floor = (atMs: number) => Math.floor(atMs / cut.grainMs) * cut.grainMs;
  return { ...cut, fromMs: floor(nowMs - cut.spanMs), recentFromMs: floor(nowMs - cut.recentMs) };
}
