/** A time as the qualifier bar has it: so long ago, or an instant; ms. */
export type QueryTime = { agoMs: number } | { atMs: number };

const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
/** Longest 'ago', ms: ten years. */
const longestAgoMs = 3_650 * unitMs.d;
const duration = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|min|m|h|d|w)$/;
const instant = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d)(?::(\d\d(?:\.\d{1,3})?))?([Zz]|[+-]\d\d:\d\d)?)?$/;

/** `2h`, `90m`, `3d`, or ISO 8601 of a day or time; without an offset it is UTC, so that a link means the same to everybody. Null for anything else. */
export function parseQueryTime(text: string): QueryTime | null {
  const [, figure, unit] = duration.exec(text) ?? [];
  if (figure !== undefined && unit !== undefined) {
    const agoMs = Math.round(Number(figure) * unitMs[(unit === "min" ? "m" : unit) as keyof typeof unitMs]);
    return agoMs <= longestAgoMs ? { agoMs } : null;
  }
  const [, day, clock = "00:00", seconds = "00", zone = "Z"] = instant.exec(text) ?? [];
  if (day === undefined) return null;
  const local = Date.parse(`${day}T${clock}:${seconds}Z`);
  // A day that does not exist would be read as one of the next month.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(day)) return null;
  const atMs = Date.parse(`${day}T${clock}:${seconds}${zone.toUpperCase()}`);
  return Number.isNaN(atMs) || atMs < 0 ? null : { atMs };
}

/** The shortest text that {@link parseQueryTime} reads as this time. */
export function formatQueryTime(time: QueryTime): string {
  if ("atMs" in time)
    return new Date(time.atMs)
      .toISOString()
      .replace(".000Z", "Z")
      .replace(":00Z", "Z")
      .replace(/T00:00Z$/, "");
  const { agoMs } = time;
  const unit = (["d", "h", "m", "s", "ms"] as const).find((name) => agoMs % unitMs[name] === 0) ?? "ms";
  return `${agoMs / unitMs[unit]}${unit}`;
}
