import type { Random } from "./clock.ts";

/**
 * A repeatable source of chance: the same seed gives the same numbers on every machine.
 * Generator sfc32 (Chris Doty-Humphrey, PractRand; passes BigCrush), its 128 bits of state filled by
 * splitmix32 from both 32-bit halves of the seed. Not for secrets.
 * `seed` is any finite number; fractions are dropped.
 */
export function seededRandom(seed: number): Random {
  const whole = Math.trunc(Number.isFinite(seed) ? seed : 0);
  let mix = (whole ^ Math.imul(Math.floor(whole / 0x1_0000_0000), 0x9e3779b1)) | 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let t = mix ^ (mix >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return t ^ (t >>> 15);
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let counter = splitmix();
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
}
