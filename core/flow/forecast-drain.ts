/** What is likely to become of a backlog if the last minute goes on. `fromMs` to `toMs` is where `inMs` may lie. */
export type DrainForecast =
  | { kind: "none" }
  | { kind: "flowing" }
  | { kind: "clears"; inMs: number; fromMs: number; toMs: number }
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
 * although something waits. The interval takes the net rate two standard deviations up and down, as if starts and
 * arrivals were Poisson.
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
  if (difference < 0) return { kind: "grows", perSecond: -difference * perSecond };
  const clearsIn = (net: number) => (waiting / (net * perSecond)) * 1_000;
  return {
    kind: "clears",
    inMs: clearsIn(difference),
    fromMs: clearsIn(difference + noise),
    toMs: clearsIn(difference - noise),
  };
}
