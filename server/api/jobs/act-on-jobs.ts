import { type ErrorCode, SignalboxError } from "#core/error.ts";

/** What became of an act on several jobs; each is done or refused on its own. */
export interface ActOutcome {
  done: string[];
  refused: { id: string; code: ErrorCode; message: string }[];
}

/** Acts on each job in turn; a job that refuses does not stop the others, any other error does. */
export async function actOnJobs(
  ids: readonly string[],
  act: (jobId: string) => Promise<unknown>,
): Promise<ActOutcome> {
  const outcome: ActOutcome = { done: [], refused: [] };
  for (const id of new Set(ids)) {
    try {
      await act(id);
      outcome.done.push(id);
    } catch (error) {
      if (!(error instanceof SignalboxError)) throw error;
      outcome.refused.push({ id, code: error.code, message: error.message });
    }
  }
  return outcome;
}
