import { saveCachedResults } from "#server/store/fallbacks/save-cached-results.ts";
import type { CompletedRun } from "../attempts/complete-attempts.ts";
import type { Engine } from "../engine.ts";

/** A kept result is replaced when it has reached this share of the age to which it is of use. */
const replacedAtShare = 0.1;

/**
 * Note which of these completed jobs answer others of their payload, where their definition's fallback is a cached
 * result. The jobs are completed already: a note that fails is one answer less in an outage, and nothing else.
 */
export async function keepResults(
  engine: Engine,
  runs: readonly CompletedRun[],
  accepted: "all" | Set<string>,
): Promise<void> {
  const { cachedForMs, lanes } = engine.catalog.current;
  const results = runs.flatMap(({ lane, jobId }) => {
    const maxAgeMs = cachedForMs.get(lane);
    const definitionId = lanes.get(lane)?.definition.id;
    if (maxAgeMs === undefined || definitionId === undefined) return [];
    if (accepted !== "all" && !accepted.has(jobId)) return [];
    return [{ definitionId, jobId, freshMs: Math.round(maxAgeMs * replacedAtShare) }];
  });
  if (results.length === 0) return;
  try {
    await saveCachedResults(engine.settles, results);
  } catch (error) {
    engine.log.warn({ error: String(error) }, "keeping results for a fallback failed; going on without");
  }
}
