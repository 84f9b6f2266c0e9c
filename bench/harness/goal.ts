import type { Goal } from "./bench.ts";

/** A goal of the form `value ≥ bound`. */
export function atLeast(name: string, value: number | undefined, bound: number): Goal {
  const met = value === undefined ? null : value >= bound;
  return { name, value: value ?? null, bound: "at least", goal: bound, met };
}

/** A goal of the form `value ≤ bound`. */
export function atMost(name: string, value: number | undefined, bound: number): Goal {
  const met = value === undefined ? null : value <= bound;
  return { name, value: value ?? null, bound: "at most", goal: bound, met };
}
