import fc from "fast-check";
import { expect, it } from "vitest";
import { foldIdle, placeOn } from "./fold-idle.ts";

it("folds the gaps that take more than a tenth of the whole, and only when asked to", () => {
  const busy = [
    { fromMs: 0, toMs: 1_000 },
    { fromMs: 9_000, toMs: 9_500 },
  ];
  expect(foldIdle(busy, 0, 10_000, true)).toEqual([
    { fromMs: 0, toMs: 1_000, folded: false },
    { fromMs: 1_000, toMs: 9_000, folded: true },
    { fromMs: 9_000, toMs: 10_000, folded: false },
  ]);
  expect(foldIdle(busy, 0, 10_000, false)).toEqual([{ fromMs: 0, toMs: 10_000, folded: false }]);
});

const stretches = fc
  .array(fc.tuple(fc.nat(10_000), fc.nat(1_000)), { maxLength: 20 })
  .map((pairs) =>
    pairs
      .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }))
      .sort((a, b) => a.fromMs - b.fromMs),
  );

it("leaves short gaps as they are, whatever their share", () => {
  const busy = [
    { fromMs: 0, toMs: 1 },
    { fromMs: 18, toMs: 19 },
  ];
  expect(foldIdle(busy, 0, 19, true)).toEqual([{ fromMs: 0, toMs: 19, folded: false }]);
});

it("parts cover the whole without a gap, and none is empty or negative, whatever overlaps", () => {
  fc.assert(
    fc.property(stretches, fc.nat(10_000), (busy, toMs) => {
      const parts = foldIdle(busy, 0, toMs + 1, true);
      expect(parts[0]?.fromMs).toBe(0);
      expect(parts.at(-1)?.toMs).toBe(toMs + 1);
      for (const [at, part] of parts.entries()) {
        expect(part.toMs).toBeGreaterThan(part.fromMs);
        if (at > 0) expect(part.fromMs).toBe(parts[at - 1]?.toMs);
      }
    }),
  );
});

it("a later instant never stands before an earlier one, and all stand within the axis", () => {
  fc.assert(
    fc.property(stretches, fc.nat(11_000), fc.nat(11_000), (busy, a, b) => {
      const parts = foldIdle(busy, 0, 11_000, true);
      const [first, second] = [placeOn(parts, Math.min(a, b)), placeOn(parts, Math.max(a, b))];
      expect(first).toBeGreaterThanOrEqual(0);
      expect(second).toBeLessThanOrEqual(1 + 1e-9);
      expect(first).toBeLessThanOrEqual(second + 1e-9);
    }),
  );
});
