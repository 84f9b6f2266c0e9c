import { cutWindow, type FailureWindow } from "#core/failure-group/failure-window.ts";
import { findRise } from "#core/failure-group/find-rise.ts";
import type { GroupRow } from "#server/store/failures/group-row.ts";
import { listGroups } from "#server/store/failures/list-groups.ts";
import { type GridCell, readFailureGrid } from "#server/store/failures/read-failure-grid.ts";
import { readGroupSeries } from "#server/store/failures/read-group-series.ts";
import type { ApiContext } from "../context.ts";

/** A group that rises now. Rates are failures a minute. */
export interface RisingGroup {
  fingerprint: string;
  class: string;
  origin: string;
  name: string;
  message: string;
  dependency: string | null;
  sinceMs: number;
  perMinute: number;
  beforePerMinute: number;
}

export interface FailureOverview {
  asOfMs: number;
  grid: { window: FailureWindow; class: string; failures: number; deaths: number }[];
  /** Failures of the last hour by where they come from, most first. */
  origins: { origin: string; failures: number }[];
  rising: RisingGroup[];
}

const minuteMs = 60_000;
/** Groups looked at for a rise: those that grew most within the hour. */
const candidates = 10;

/** The class × window grid, where the last hour's failures come from, and which open groups rise. */
export async function readFailureOverview(ctx: ApiContext): Promise<FailureOverview> {
  const nowMs = ctx.engine.clock.nowMs();
  const window = cutWindow("1h", nowMs);
  const [cells, page] = await Promise.all([
    readFailureGrid(ctx.db, nowMs),
    listGroups(ctx.db, { states: ["open"] }, { order: "rising", window, limit: candidates, cursor: null }),
  ]);
  const series = await readGroupSeries(
    ctx.db,
    page.groups.map((group) => group.fingerprint),
    { ...window, bucketMs: minuteMs },
  );
  const minutes = Math.floor((nowMs - window.fromMs) / minuteMs);
  const rising = page.groups.flatMap((group) => {
    const counts = new Array<number>(minutes).fill(0);
    for (const { fingerprint, atMs, attempts } of series) {
      // The minute that still fills would look like a fall.
      const place = (atMs - window.fromMs) / minuteMs;
      if (fingerprint === group.fingerprint && place < minutes)
        counts[place] = (counts[place] ?? 0) + attempts;
    }
    const rise = findRise(counts);
    if (rise === null) return [];
    return [
      {
        ...toRising(group),
        sinceMs: Math.max(window.fromMs + rise.from * minuteMs, group.firstSeenMs),
        perMinute: rise.after,
        beforePerMinute: rise.before,
      },
    ];
  });
  return {
    asOfMs: nowMs,
    grid: sumBy(cells, (cell) => `${cell.window} ${cell.class}`),
    origins: originsOf(cells),
    rising: rising.sort((a, b) => b.perMinute - b.beforePerMinute - (a.perMinute - a.beforePerMinute)),
  };
}

function toRising(group: GroupRow) {
  const { fingerprint, class: failureClass, origin, name, message, dependency } = group;
  return { fingerprint, class: failureClass, origin, name, message, dependency };
}

function sumBy(cells: readonly GridCell[], key: (cell: GridCell) => string): FailureOverview["grid"] {
  const sums = new Map<string, FailureOverview["grid"][number]>();
  for (const cell of cells) {
    const { window, class: failureClass } = cell;
    const sum = sums.get(key(cell)) ?? { window, class: failureClass, failures: 0, deaths: 0 };
    sum.failures += cell.failures;
    sum.deaths += cell.deaths;
    sums.set(key(cell), sum);
  }
  return [...sums.values()];
}

function originsOf(cells: readonly GridCell[]): FailureOverview["origins"] {
  const sums = new Map<string, number>();
  for (const { window, origin, failures } of cells)
    if (window === "1h") sums.set(origin, (sums.get(origin) ?? 0) + failures);
  return [...sums]
    .map(([origin, failures]) => ({ origin, failures }))
    .sort((a, b) => b.failures - a.failures);
}
