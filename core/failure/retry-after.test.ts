import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRetryAfter, readRateLimitReset, readRetryAfterWords } from "./retry-after.ts";

const nowMs = Date.UTC(2025, 0, 15, 12, 0, 0);
const yearMs = 31_536_000_000;

describe("parseRetryAfter", () => {
  it("reads seconds, also with a fraction", () => {
    expect(parseRetryAfter("120", nowMs)).toBe(120_000);
    expect(parseRetryAfter(" 0.25 ", nowMs)).toBe(250);
  });

  it("reads an HTTP date as the wait from now, and the past as no wait", () => {
    expect(parseRetryAfter("Wed, 15 Jan 2025 12:01:30 GMT", nowMs)).toBe(90_000);
    expect(parseRetryAfter("Wednesday, 15-Jan-25 12:00:05 GMT", nowMs)).toBe(5_000);
    expect(parseRetryAfter("Wed, 15 Jan 2025 11:59:00 GMT", nowMs)).toBe(0);
  });

  it("reads nothing out of anything else", () => {
    for (const text of ["", "soon", "-5", "1e9", "NaN", "Wed, 15 Foo 2025 12:01:30 GMT"])
      expect(parseRetryAfter(text, nowMs)).toBeNull();
  });

  it("never answers below nothing or above a year", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.double().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
        ),
        (text) => {
          const wait = parseRetryAfter(text, nowMs);
          if (wait === null) return;
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(yearMs);
        },
      ),
    );
  });
});

describe("readRateLimitReset", () => {
  it("tells seconds since 1970, milliseconds since 1970, seconds from now, dates and durations apart", () => {
    expect(readRateLimitReset(String(nowMs / 1000 + 30), nowMs)).toBe(30_000);
    expect(readRateLimitReset(String(nowMs + 30_000), nowMs)).toBe(30_000);
    expect(readRateLimitReset("30", nowMs)).toBe(30_000);
    expect(readRateLimitReset("2025-01-15T12:00:30Z", nowMs)).toBe(30_000);
    expect(readRateLimitReset("6m0s", nowMs)).toBe(360_000);
    expect(readRateLimitReset("later", nowMs)).toBeNull();
  });
});

describe("readRetryAfterWords", () => {
  it.each([
    ["please try again in 20s.", 20_000],
    ["please try again in 6m0s.", 360_000],
    ["please try again in 120ms.", 120],
    ["try again in 1 minute and 30 seconds", 90_000],
    ["retry after 30 seconds", 30_000],
    ["retry-after: 12", 12_000],
    ["you may retry this request in 30 seconds; retry in 30 seconds", 30_000],
    ['{"retrydelay":"3.5s"}', 3_500],
    ['{"retry_after": 2.5}', 2_500],
    ['{"retry_after_ms": 250}', 250],
    ["please wait 10 seconds and try again.", 10_000],
    ["limit resets in 2h", 7_200_000],
  ])("reads %s", (words, wait) => {
    expect(readRetryAfterWords(words)).toBe(wait);
  });

  it("reads no wait where none is stated", () => {
    for (const words of ["please try again later", "retry budget spent", "reset by peer", "waited 30 times"])
      expect(readRetryAfterWords(words)).toBeNull();
  });
});
