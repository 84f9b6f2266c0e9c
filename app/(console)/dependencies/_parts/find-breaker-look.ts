import { dependencyWords } from "#app/words/dependency-words.ts";
import type { SignalAspect } from "#components/domain/signal-gate.tsx";
import type { DependencySummary } from "#server/api/dependencies/dependency-summary.ts";

/** A breaker as a signal: how it stands and the word for it. */
export interface BreakerLook {
  aspect: SignalAspect;
  word: string;
}

/** How the signal of a breaker stands: an operator's word above the policy's, a limit only where nothing else holds. */
export function findBreakerLook({
  state,
  forced,
  ratePerSecond,
}: Pick<DependencySummary, "state" | "forced" | "ratePerSecond">): BreakerLook {
  if (forced !== null)
    return { aspect: forced === "open" ? "stop" : "caution", word: dependencyWords.forced[forced] };
  if (state === "open" || state === "half-open")
    return { aspect: "stop", word: dependencyWords.states[state] };
  if (state === "recovering") return { aspect: "caution", word: dependencyWords.states.recovering };
  if (ratePerSecond !== null) return { aspect: "caution", word: dependencyWords.limited(ratePerSecond) };
  return { aspect: "open", word: dependencyWords.states.closed };
}
