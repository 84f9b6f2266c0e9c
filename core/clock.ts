/** Chance as an argument: uniform on [0, 1). */
export type Random = () => number;

/** The time now, in milliseconds since 1970 UTC. */
export type NowMs = () => number;
