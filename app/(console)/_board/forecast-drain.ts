/** What is likely to become of a backlog if the last minute goes on. */
export type DrainForecast =
  | { kind: "none" }
  | { kind: "flowing" }
  | { kind: "clears"; inMs: number }
  | { kind: "level" }
  | { kind: "grows"; perSecond: number }
  | { kind: "still" };

/** A backlog that starts within this time is just work on its way, s. */
const flowingSeconds = 2;
/** Counts of random events waver by their square root; a difference within two of it is noise. */
const noiseRoots = 2;
/** And so is one below this share of the starts. */
const levelShare = 0.03;

/**
 * Where a backlog is heading: `starts` and `inflow` are counts over `windowMs`. `still` means that nothing started
 * although something waits.
 */
export function forecastDrain(backlog: {
  waiting: number;
  inflow: number;
  starts: number;
  windowMs: number;
}): DrainForecast {
  const { waiting, inflow, starts } = backlog;
  if (waiting === 0) return { kind: "none" };
  if (starts === 0) return { kind: "still" };
  const perSecond = 1_000 / backlog.windowMs;
  if (waiting <= starts * perSecond * flowingSeconds) return { kind: "flowing" };
  const difference = starts - inflow;
  const noise = Math.max(noiseRoots * Math.sqrt(starts + inflow), starts * levelShare);
  if (Math.abs(difference) <= noise) return { kind: "level" };
  const net = difference * perSecond;
  return net > 0 ? { kind: "clears", inMs: (waiting / net) * 1_000 } : { kind: "grows", perSecond: -net };
}
