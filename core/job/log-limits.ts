/** What is kept of what a handler logs: lines and bytes of an attempt, and bytes of one line (message and facts). */
export const logLimits = { lines: 1_000, bytes: 262_144, lineBytes: 8_192 } as const;
