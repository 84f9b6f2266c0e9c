/** The longest wait that is believed, in milliseconds: a year. */
const longestMs = 31_536_000_000;

const bounded = (ms: number): number | null =>
  Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : null;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Milliseconds since 1970 of an HTTP date (RFC 9110 5.6.7, the preferred form and ISO 8601), or null. */
function httpDateMs(text: string): number | null {
  const found = /^[a-z]{3,9}, (\d{1,2})[ -]([a-z]{3})[ -](\d{2,4}) (\d\d):(\d\d):(\d\d) gmt$/i.exec(text);
  if (found === null) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
    const parsed = Date.parse(text);
    return Number.isNaN(parsed) ? null : parsed;
  }
  const month = months.indexOf((found[2] ?? "").toLowerCase());
  if (month < 0) return null;
  const year = Number(found[3]);
  const fullYear = year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
  return Date.UTC(fullYear, month, Number(found[1]), Number(found[4]), Number(found[5]), Number(found[6]));
}

/**
 * The wait that a Retry-After header asks for, in milliseconds: seconds (also with a fraction) or an HTTP
 * date, of which the past is no wait. Null when it is neither. At most a year.
 */
export function parseRetryAfter(value: string, nowMs: number): number | null {
  const text = value.slice(0, 100).trim();
  if (/^\d{1,12}(\.\d{1,9})?$/.test(text)) return bounded(Number(text) * 1000);
  const at = httpDateMs(text);
  return at === null ? null : bounded(Math.max(0, at - nowMs));
}

/**
 * The wait until a rate limit resets, in milliseconds, from `x-ratelimit-reset` and its kin: seconds since
 * 1970 (GitHub), seconds from now (the IETF draft), milliseconds since 1970, an ISO date, or a duration such
 * as `6m0s` (OpenAI). Null when it is none of them.
 */
export function readRateLimitReset(value: string, nowMs: number): number | null {
  const text = value.slice(0, 100).trim();
  if (/^\d{1,15}(\.\d{1,9})?$/.test(text)) {
    const number = Number(text);
    if (number >= 1e11) return bounded(Math.max(0, number - nowMs));
    if (number >= 1e9) return bounded(Math.max(0, number * 1000 - nowMs));
    return bounded(number * 1000);
  }
  const at = httpDateMs(text);
  return at === null ? readDuration(text.toLowerCase()) : bounded(Math.max(0, at - nowMs));
}

const unitMs: readonly (readonly [RegExp, number])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/, 1],
  [/^(s|secs?|seconds?)$/, 1000],
  [/^(m|mins?|minutes?)$/, 60_000],
  [/^(h|hrs?|hours?)$/, 3_600_000],
  [/^(d|days?)$/, 86_400_000],
];

/** A duration such as `6m0s`, `3.5s`, `120ms`, `1 minute 30 seconds` in milliseconds, or null. */
function readDuration(text: string): number | null {
  let total = 0;
  let parts = 0;
  const part = /(\d{1,9}(?:\.\d{1,9})?) ?([a-z]{1,12})[ ,]{0,2}(?:and )?/y;
  while (parts < 5) {
    const found = part.exec(text);
    if (found === null) break;
    const unit = unitMs.find(([names]) => names.test(found[2] ?? ""));
    if (unit === undefined) break;
    total += Number(found[1]) * unit[1];
    parts += 1;
  }
  return parts === 0 ? null : bounded(total);
}

const waitWords: readonly RegExp[] = [
  /\b(?:try again|retry|retry again|wait|again|reset|resets|available|retrying)(?: your request)? (?:in|after|for|within)(?: (?:about|at least|another))? (?=\d)/g,
  /"?retry_?-?delay"?\s{0,3}[:=]\s{0,3}"?(?=\d)/g,
  /\bwait (?=\d)/g,
];
const retryAfterWord =
  /\bretry[-_ ]?after[-_ ]?(ms|seconds|secs)?"?\s{0,3}[:=]?\s{0,3}"?(\d{1,12}(?:\.\d{1,9})?) ?([a-z]{1,12})?/;

/**
 * The wait that the words of a message (in lower case) ask for, in milliseconds: 'Please try again in 20s',
 * 'in 6m0s', 'in 120ms', 'Retry after 30 seconds', `"retryDelay": "3.5s"`, `retry_after: 5`. Null when they
 * ask for none. A bare number is in seconds.
 */
export function readRetryAfterWords(words: string): number | null {
  if (!/again|retry|wait|reset/.test(words)) return null;
  for (const start of waitWords)
    for (const found of words.matchAll(start)) {
      const from = found.index + found[0].length;
      const rest = words.slice(from, from + 80);
      const duration = readDuration(rest);
      if (duration !== null) return duration;
    }
  const after = retryAfterWord.exec(words);
  if (after === null) return null;
  const unit = after[3] === undefined ? undefined : unitMs.find(([names]) => names.test(after[3] ?? ""));
  const scale = after[1] === "ms" ? 1 : (unit?.[1] ?? 1000);
  return bounded(Number(after[2]) * scale);
}
