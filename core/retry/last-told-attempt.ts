/** Attempts from this one on are told together. */
export const lastToldAttempt = 20;
