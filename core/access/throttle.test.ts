import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideThrottle, signInLimits } from "./throttle.ts";

const { spanMs } = signInLimits;
const none: number[] = [];

describe("the throttle of sign-ins", () => {
  it("puts the sixth off until the first of five failures is a quarter of an hour old", () => {
    const accountFailuresMs = [1_000, 2_000, 3_000, 4_000, 5_000];
    const decide = (nowMs: number) => decideThrottle({ accountFailuresMs, addressFailuresMs: none, nowMs });
    expect(decide(6_000)).toEqual({ allowed: false, retryAfterMs: spanMs - 5_000 });
    expect(decide(1_000 + spanMs)).toEqual({ allowed: true });
  });

  it("puts off whoever guesses many accounts from one address", () => {
    const addressFailuresMs = Array.from({ length: signInLimits.address }, (_, index) => index);
    expect(decideThrottle({ accountFailuresMs: none, addressFailuresMs, nowMs: 100 })).toMatchObject({
      allowed: false,
    });
  });

  it("under any course of tries lets at most the limit fail in any span, and never locks anybody out", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: spanMs / 2 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const failures: number[] = [];
        let nowMs = 0;
        for (const wait of waits) {
          nowMs += wait;
          const decision = decideThrottle({
            accountFailuresMs: failures,
            addressFailuresMs: failures,
            nowMs,
          });
          if (decision.allowed) failures.push(nowMs);
          else {
            expect(decision.retryAfterMs).toBeGreaterThan(0);
            expect(decision.retryAfterMs).toBeLessThanOrEqual(spanMs);
            const later = { accountFailuresMs: failures, addressFailuresMs: failures };
            expect(decideThrottle({ ...later, nowMs: nowMs + decision.retryAfterMs }).allowed).toBe(true);
            expect(decideThrottle({ ...later, nowMs: nowMs + decision.retryAfterMs - 1 }).allowed).toBe(
              false,
            );
          }
          const within = failures.filter((atMs) => atMs > nowMs - spanMs);
          expect(within.length).toBeLessThanOrEqual(signInLimits.account);
        }
      }),
    );
  });

  it("does not depend on the order in which failures are given", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 * spanMs })),
        fc.integer({ min: 0, max: 2 * spanMs }),
        (times, nowMs) => {
          const one = decideThrottle({ accountFailuresMs: times, addressFailuresMs: none, nowMs });
          const other = decideThrottle({
            accountFailuresMs: times.toReversed(),
            addressFailuresMs: none,
            nowMs,
          });
          expect(other).toEqual(one);
        },
      ),
    );
  });
});
