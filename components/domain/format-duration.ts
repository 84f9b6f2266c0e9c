const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span in its two largest units: 420 ms · 4.2 s · 48 s · 3 min 12 s · 2 h 5 min · 3 d 4 h. Negative spans count as 0. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < second) return `${Math.round(span)} ms`;
  if (span < 9_950) return `${Number((span / second).toFixed(1))} s`;
  if (span < minute - 500) return `${Math.round(span / second)} s`;
  if (span < hour - 500) return inTwo(span, minute, "min", second, "s");
  if (span < day - 30 * second) return inTwo(span, hour, "h", minute, "min");
  return inTwo(span, day, "d", hour, "h");
}

function inTwo(span: number, large: number, largeWord: string, small: number, smallWord: string): string {
  const smalls = Math.round(span / small);
  const perLarge = large / small;
  const larges = Math.floor(smalls / perLarge);
  const rest = smalls % perLarge;
  return rest === 0 ? `${larges} ${largeWord}` : `${larges} ${largeWord} ${rest} ${smallWord}`;
}

/** A span to one unit, for ages that are read at a glance: 0 s · 48 s · 3 min · 2 h · 3 d. */
export function formatAge(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < day) return `${Math.floor(span / hour)} h`;
  return `${Math.floor(span / day)} d`;
}
