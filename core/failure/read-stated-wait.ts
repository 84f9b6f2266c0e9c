import { readField, readText } from "./read-field.ts";
import { parseRetryAfter, readRateLimitReset } from "./retry-after.ts";

/** A header of an answer: a `Headers`, a plain record, or a map; names are lower case or as sent. */
function headerOf(headers: unknown, name: string): string {
  const get = readField(headers, "get");
  if (typeof get === "function") {
    try {
      return readText(Reflect.apply(get, headers, [name]));
    } catch {
      return "";
    }
  }
  const titled = name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  const found = readField(headers, name) ?? readField(headers, titled);
  return Array.isArray(found) ? readText(found[0]) : readText(found);
}

const longestMs = 31_536_000_000;
const bounded = (ms: number) => (Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : null);

/**
 * The wait that an error was told, in milliseconds: its own `retryAfterMs` or `retryAfter` (seconds), or the
 * headers of its answer (`retry-after-ms`, `retry-after`, `x-ratelimit-reset` once nothing remains). Dates
 * count from the answer's own `date`, else from `nowMs`, else not at all.
 */
export function readStatedWait(thrown: object, nowMs: number | null): number | null {
  const own = readField(thrown, "retryAfterMs");
  if (typeof own === "number") return bounded(own);
  const seconds = readField(thrown, "retryAfter");
  if (typeof seconds === "number") return bounded(seconds * 1000);
  for (const headers of [
    readField(readField(thrown, "response"), "headers"),
    readField(thrown, "headers"),
    readField(readField(thrown, "$response"), "headers"),
  ]) {
    const ms = headerOf(headers, "retry-after-ms") || headerOf(headers, "x-ms-retry-after-ms");
    if (/^\d{1,12}(\.\d{1,9})?$/.test(ms)) return bounded(Number(ms));
    const sentMs = Date.parse(headerOf(headers, "date"));
    const from = Number.isNaN(sentMs) ? nowMs : sentMs;
    const after = headerOf(headers, "retry-after") || (typeof seconds === "string" ? seconds : "");
    if (after !== "" && (from !== null || /^[\d.]+$/.test(after.trim()))) {
      const wait = parseRetryAfter(after, from ?? 0);
      if (wait !== null) return wait;
    }
    const reset = headerOf(headers, "x-ratelimit-reset") || headerOf(headers, "ratelimit-reset");
    const left = headerOf(headers, "x-ratelimit-remaining") || headerOf(headers, "ratelimit-remaining");
    if (reset !== "" && left === "0" && (from !== null || Number(reset) < 1e9))
      return readRateLimitReset(reset, from ?? 0);
  }
  return null;
}
