/**
 * The share of arrivals that have to wait where `servers` work at a load of so many erlangs (arrivals a second times
 * seconds each takes): Erlang C. 1 where the load is as much as the servers or more. By the inverse recurrence of Erlang
 * B, which stays exact where factorials overflow.
 */
export function waitShare(servers: number, load: number): number {
  if (load <= 0) return 0;
  if (servers <= load) return 1;
  let inverse = 1;
  for (let server = 1; server <= servers; server++) inverse = 1 + (inverse * server) / load;
  return fromBlocking(1 / inverse, servers, load);
}

/** Arrivals of one kind, and how long they may wait. */
export interface WaitObjective {
  /** Erlangs. */
  load: number;
  /** How long one of them takes a server on the average, ms. */
  runMs: number;
  /** No more than `share` of them wait longer than this, ms. */
  withinMs: number;
  share: number;
}

/** More servers than this are not looked for. */
const mostServers = 100_000;

/**
 * The least number of servers with which no more than `share` of the arrivals wait longer than `withinMs`: P(W > t) =
 * C·e^(−(c − a)·t / run), after Erlang. Arrivals and durations are taken as exponential. 0 without load.
 */
export function leastServers({ load, runMs, withinMs, share }: WaitObjective): number {
  if (load <= 0) return 0;
  let inverse = 1;
  for (let servers = 1; servers <= mostServers; servers++) {
    inverse = 1 + (inverse * servers) / load;
    if (servers <= load) continue;
    const waiting = fromBlocking(1 / inverse, servers, load);
    if (waiting * Math.exp((-(servers - load) * withinMs) / runMs) <= share) return servers;
  }
  return mostServers;
}

/** Erlang C from Erlang B. */
function fromBlocking(blocking: number, servers: number, load: number): number {
  return blocking / (1 - (load / servers) * (1 - blocking));
}
