/** Of the last so many looks … */
export const openLooks = 5;
/** … this many must find it wrong before an alert opens. */
export const openHits = 3;
/** So many looks in a row must find it below half of its bound before it clears; twice as many each time it came back. */
export const clearLooks = 10;
/** What comes back within so many looks after it cleared came back: it wavers, and is given longer. */
export const wavers = 300;
const mostClearLooks = 8 * clearLooks;

/** What is remembered of one key between two looks. */
export interface Watched {
  open: boolean;
  /** The last five looks, newest last: `h` at its bound or beyond, `-` below it. */
  looks: string;
  /** Looks in a row that found it below half of its bound, or not at all. */
  calm: number;
  /** So many of them clear it. */
  clearAfter: number;
}

/** What the looks so far come to. */
export interface WatchResult {
  watched: Record<string, Watched>;
  /** Keys that opened and cleared with this look. */
  opened: string[];
  cleared: string[];
}

/**
 * One more look at everything that is watched: `levels` says by key how far each finding has come to its bound. An alert
 * opens when three of five looks found it wrong and clears after ten in a row below half, so whatever wavers about
 * the bound opens it once and keeps it open. One that comes back within ten minutes (at a look every two seconds) must
 * be calm twice as long the next time, up to eight times. What has been calm for that long is forgotten.
 */
export function watchAlerts(
  before: Readonly<Record<string, Watched>>,
  levels: ReadonlyMap<string, number>,
): WatchResult {
  const result: WatchResult = { watched: {}, opened: [], cleared: [] };
  for (const key of new Set([...Object.keys(before), ...levels.keys()])) {
    const known = before[key];
    const level = levels.get(key) ?? 0;
    const looks = ((known?.looks ?? "") + (level >= 1 ? "h" : "-")).slice(-openLooks);
    const calm = level >= 0.5 ? 0 : (known?.calm ?? 0) + 1;
    const clearAfter = known?.clearAfter ?? 0;
    if (known?.open) {
      const open = calm < clearAfter;
      if (!open) result.cleared.push(key);
      result.watched[key] = { open, looks, calm, clearAfter };
    } else if (isWrong(looks)) {
      result.opened.push(key);
      result.watched[key] = { open: true, looks, calm, clearAfter: nextClearAfter(clearAfter) };
    } else if (calm < wavers && (clearAfter > 0 || looks.includes("h"))) {
      result.watched[key] = { open: false, looks, calm, clearAfter };
    }
  }
  return result;
}

function isWrong(looks: string): boolean {
  return [...looks].filter((look) => look === "h").length >= openHits;
}

function nextClearAfter(clearAfter: number): number {
  return clearAfter === 0 ? clearLooks : Math.min(mostClearLooks, clearAfter * 2);
}
