import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fullBucket,
  isDrained,
  nextTokenAtMs,
  type RateLimit,
  resizeBucket,
  type TokenBucket,
  takeTokens,
  tokensAt,
} from "./token-bucket.ts";

const limits: fc.Arbitrary<RateLimit> = fc.record({
  count: fc.integer({ min: 1, max: 1_000_000 }),
  perMs: fc.integer({ min: 1, max: 86_400_000 }),
});
const calls = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 100_000 }),
    wanted: fc.integer({ min: 0, max: 2_000_000 }),
  }),
  { minLength: 1, maxLength: 60 },
);

/** What a bucket gave to calls, each with its time. */
function run(limit: RateLimit, asked: { afterMs: number; wanted: number }[]) {
  let bucket = fullBucket(limit, 0);
  let atMs = 0;
  return asked.map(({ afterMs, wanted }) => {
    atMs += afterMs;
    const { taken, bucket: next } = takeTokens(bucket, wanted, atMs);
    bucket = next;
    return { atMs, taken };
  });
}

describe("a token bucket", () => {
  it("never gives more than count + elapsed ÷ perMs × count in any window", () => {
    fc.assert(
      fc.property(limits, calls, (limit, asked) => {
        const given = run(limit, asked);
        for (let from = 0; from < given.length; from++) {
          let sum = 0;
          for (const each of given.slice(from)) {
            sum += each.taken;
            const elapsedMs = each.atMs - (given[from]?.atMs ?? 0);
            // Multiplied out: the law holds in whole numbers, with no allowance for rounding.
            expect(BigInt(sum) * BigInt(limit.perMs)).toBeLessThanOrEqual(
              BigInt(limit.count) * (BigInt(limit.perMs) + BigInt(elapsedMs)),
            );
          }
        }
      }),
    );
  });

  it("meets its rate in the long run when it is asked at each refill", () => {
    fc.assert(
      fc.property(
        fc.record({ count: fc.integer({ min: 1, max: 50 }), perMs: fc.integer({ min: 1, max: 5_000 }) }),
        (limit) => {
          let bucket = fullBucket(limit, 0);
          let nowMs = 0;
          let given = 0;
          for (let n = 0; n < 500; n++) {
            const { taken, bucket: next } = takeTokens(bucket, 1_000_000, nowMs);
            given += taken;
            bucket = next;
            nowMs = nextTokenAtMs(bucket, nowMs);
          }
          const { taken } = takeTokens(bucket, 1_000_000, nowMs);
          const due = limit.count + Math.floor((nowMs * limit.count) / limit.perMs);
          expect(given + taken).toBe(due);
        },
      ),
    );
  });

  it("has a token at the time it names, and none before", () => {
    fc.assert(
      fc.property(limits, calls, (limit, asked) => {
        let bucket: TokenBucket = fullBucket(limit, 0);
        let nowMs = 0;
        for (const { afterMs, wanted } of asked) {
          nowMs += afterMs;
          bucket = takeTokens(bucket, wanted, nowMs).bucket;
          const atMs = nextTokenAtMs(bucket, nowMs);
          expect(tokensAt(bucket, atMs)).toBeGreaterThanOrEqual(1);
          if (atMs > nowMs) expect(tokensAt(bucket, atMs - 1)).toBe(0);
        }
      }),
    );
  });

  it("is drained while every claim takes what has come, also between two tokens, and not when claims leave some", () => {
    const limit = { count: 3, perMs: 1_000 };
    const taken = takeTokens(fullBucket(limit, 0), 3, 0).bucket;
    expect(isDrained(taken, 0)).toBe(true);
    // A token has come, and whoever waits takes it with the next claim.
    expect(tokensAt(taken, 400)).toBe(1);
    expect(isDrained(taken, 400)).toBe(true);
    expect(isDrained(taken, 2_000)).toBe(false);
    expect(isDrained(takeTokens(fullBucket(limit, 0), 2, 0).bucket, 0)).toBe(false);
  });

  it("is refilled by nothing when the clock goes back", () => {
    const { bucket } = takeTokens(fullBucket({ count: 10, perMs: 1_000 }, 5_000), 10, 5_000);
    const back = takeTokens(bucket, 10, 1_000);
    expect(back.taken).toBe(0);
    expect(tokensAt(back.bucket, 5_100)).toBe(1);
  });

  it("keeps its tokens through a new limit as far as they fit, and never gains one", () => {
    fc.assert(
      fc.property(limits, limits, fc.integer({ min: 0, max: 1_000_000 }), (from, to, spent) => {
        const { bucket } = takeTokens(fullBucket(from, 0), spent, 0);
        const resized = resizeBucket(bucket, to, 0);
        expect(tokensAt(resized, 0)).toBe(Math.min(to.count, tokensAt(bucket, 0)));
        expect(Number.isSafeInteger(resized.level)).toBe(true);
      }),
    );
  });
});
