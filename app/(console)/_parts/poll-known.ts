/**
 * How often a query asks anew: every so many ms, but no more once the answer was an error and nothing is known. Asking
 * again would put the skeleton in the place of what the error says, each time.
 */
export function pollKnown(everyMs: number) {
  return ({ state }: { state: { data: unknown; error: unknown } }): number | false =>
    state.data === undefined && state.error !== null ? false : everyMs;
}
