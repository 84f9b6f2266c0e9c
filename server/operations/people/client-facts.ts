/** Where a request came from, as the web process saw it. */
export interface ClientFacts {
  /** The address of the caller, or of the proxy's caller where a proxy is trusted. */
  address: string;
  /** What the browser calls itself. */
  agent: string;
}

/** How long sessions last, ms. */
export interface SessionTimes {
  /** Unused for so long, a session ends. */
  idleMs: number;
  /** However much it is used, a session ends after this. */
  maxMs: number;
}
