import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  heartbeatDueMs,
  isExpired,
  leaseMarginMs,
  leaseUntilMs,
  minLeaseMs,
  renewedTrustMs,
  trustedUntilMs,
} from "./lease-times.ts";

const anyLease = fc.integer({ min: minLeaseMs, max: 600_000 });
const anyDelay = fc.integer({ min: 0, max: 120_000 });

/**
 * A request that reaches the database after `outMs`. Both clocks run at the same pace; the database's is
 * `skewMs` ahead. Gives the end of the lease as the worker's clock would show it.
 */
function grantedEndOnWorkersClock(
  requestedAtMs: number,
  outMs: number,
  skewMs: number,
  leaseMs: number,
): number {
  return leaseUntilMs({ nowMs: requestedAtMs + outMs + skewMs, leaseMs }) - skewMs;
}

describe("lease times", () => {
  it("with the default lease of 15 s: heartbeat each 5 s, trusted for 13.5 s", () => {
    expect(heartbeatDueMs({ sentAtMs: 100, leaseMs: 15_000 })).toBe(5_100);
    expect(leaseMarginMs(15_000)).toBe(1_500);
    expect(leaseMarginMs(3_000)).toBe(500);
    expect(trustedUntilMs({ requestedAtMs: 100, leaseMs: 15_000 })).toBe(13_600);
  });

  it("holds up to its last instant, not at it", () => {
    expect(isExpired({ leaseUntilMs: 1_000, nowMs: 999 })).toBe(false);
    expect(isExpired({ leaseUntilMs: 1_000, nowMs: 1_000 })).toBe(true);
  });

  it("a worker stops trusting its lease at least the margin before it can end, for any delays and clocks", () => {
    fc.assert(
      fc.property(anyLease, anyDelay, fc.integer(), fc.nat(1e9), (leaseMs, outMs, skewMs, requestedAtMs) => {
        const endMs = grantedEndOnWorkersClock(requestedAtMs, outMs, skewMs, leaseMs);
        const untilMs = trustedUntilMs({ requestedAtMs, leaseMs });
        expect(endMs - untilMs).toBeGreaterThanOrEqual(leaseMarginMs(leaseMs) - 1e-6);
        expect(untilMs).toBeGreaterThan(requestedAtMs);
      }),
    );
  });

  it("the same through any run of renewals, delayed, overtaking each other or lost", () => {
    const renewal = fc.record({ afterMs: anyDelay, outMs: anyDelay, backMs: anyDelay, lost: fc.boolean() });
    fc.assert(
      fc.property(anyLease, anyDelay, fc.array(renewal, { maxLength: 20 }), (leaseMs, outMs, renewals) => {
        let endMs = grantedEndOnWorkersClock(0, outMs, 0, leaseMs);
        let trustedMs = trustedUntilMs({ requestedAtMs: 0, leaseMs });
        const answers = renewals
          .map(({ afterMs, ...rest }) => ({
            ...rest,
            requestedAtMs: afterMs,
            arrivesMs: afterMs + rest.outMs,
          }))
          .sort((a, b) => a.arrivesMs - b.arrivesMs)
          // The database renews only what has not ended when the request arrives.
          .map((request) => {
            const granted = request.arrivesMs < endMs;
            if (granted) endMs = Math.max(endMs, request.arrivesMs + leaseMs);
            return { ...request, granted, endAtMs: endMs, answeredAtMs: request.arrivesMs + request.backMs };
          })
          .filter(({ granted, lost }) => granted && !lost)
          .sort((a, b) => a.answeredAtMs - b.answeredAtMs);
        for (const { requestedAtMs, answeredAtMs } of answers) {
          const before = trustedMs;
          trustedMs = renewedTrustMs({ trustedUntilMs: trustedMs, requestedAtMs, answeredAtMs, leaseMs });
          expect(trustedMs).toBeGreaterThanOrEqual(before);
          if (answeredAtMs >= before) expect(trustedMs).toBe(before);
        }
        expect(endMs - trustedMs).toBeGreaterThanOrEqual(leaseMarginMs(leaseMs) - 1e-6);
      }),
    );
  });

  it("a renewal answered in time moves trust on from when it was asked; one answered late does not revive it", () => {
    const first = trustedUntilMs({ requestedAtMs: 0, leaseMs: 15_000 });
    const renewed = { trustedUntilMs: first, requestedAtMs: 5_000, leaseMs: 15_000 };
    expect(renewedTrustMs({ ...renewed, answeredAtMs: 5_010 })).toBe(18_500);
    expect(renewedTrustMs({ ...renewed, answeredAtMs: 13_499 })).toBe(18_500);
    expect(renewedTrustMs({ ...renewed, answeredAtMs: 13_500 })).toBe(13_500);
  });

  it("two heartbeats may be lost before trust runs out", () => {
    fc.assert(
      fc.property(anyLease, (leaseMs) => {
        const second = 2 * heartbeatDueMs({ sentAtMs: 0, leaseMs });
        if (leaseMs >= 1_501) expect(second).toBeLessThan(trustedUntilMs({ requestedAtMs: 0, leaseMs }));
      }),
    );
  });
});
