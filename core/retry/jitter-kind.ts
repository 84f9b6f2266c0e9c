/** How chance spreads a delay; {@link ./jitter.ts} has the formulae. */
export const jitterKinds = ["none", "full", "equal", "decorrelated"] as const;
export type JitterKind = (typeof jitterKinds)[number];
