/** How exact times are written: by the reader's own clock (null) or that of a named zone such as UTC or Europe/Oslo. */
let zone: string | null = null;
let known = new Map<string, Intl.DateTimeFormat>();

/** Writes exact times in `timeZone` from now on; null, the default, is the browser's own. An unknown zone is not taken. */
export function setTimeZone(timeZone: string | null): void {
  if (timeZone === zone || !isTimeZone(timeZone)) return;
  zone = timeZone;
  known = new Map();
}

/** Whether this browser knows the zone. */
export function isTimeZone(timeZone: string | null): boolean {
  if (timeZone === null) return true;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The format of that name in the zone chosen, made once. */
export function inTimeZone(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const made = known.get(name);
  if (made) return made;
  const format = new Intl.DateTimeFormat("en-GB", zone === null ? options : { ...options, timeZone: zone });
  known.set(name, format);
  return format;
}
